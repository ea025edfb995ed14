package dev.lockstep.admin.connect;

import dev.lockstep.admin.problems.ProblemException;
import dev.lockstep.admin.problems.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets no more than a mebibyte of a request's body be read. */
public final class BodyLimit extends OncePerRequestFilter {
  private static final int MOST_BYTES = 1024 * 1024;

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(new Limited(request), response);
  }

  private static final class Limited extends HttpServletRequestWrapper {
    Limited(HttpServletRequest request) {
      super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new LimitedStream(super.getInputStream(), getContentLengthLong());
    }
  }

  private static final class LimitedStream extends ServletInputStream {
    private final ServletInputStream body;
    private long left;

    LimitedStream(ServletInputStream body, long announced) {
      this.body = body;
      this.left = announced > MOST_BYTES ? 0 : MOST_BYTES;
    }

    @Override
    public int read() throws IOException {
      return counted(body.read(), 1);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = body.read(buffer, offset, length);
      return counted(count, count);
    }

    private int counted(int result, int count) {
      left -= result < 0 ? 0 : count;
      if (left < 0) {
        throw new ProblemException(
            ProblemType.BODY_TOO_LARGE,
            "HTTP 413 Content Too Large: a body can have 1 MiB at most. Send less.");
      }
      return result;
    }

    @Override
    public boolean isFinished() {
      return body.isFinished();
    }

    @Override
    public boolean isReady() {
      return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      body.setReadListener(listener);
    }
  }
}
