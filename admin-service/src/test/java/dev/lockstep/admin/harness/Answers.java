package dev.lockstep.admin.harness;

import com.jayway.jsonpath.JsonPath;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** Reads the JSON of answers. */
public final class Answers {
  private Answers() {}

  /** The string at this path. */
  public static String text(HttpResponse<String> answer, String path) {
    return JsonPath.parse(answer.body()).read(path, String.class);
  }

  /** The number at this path. */
  public static Integer number(HttpResponse<String> answer, String path) {
    return JsonPath.parse(answer.body()).read(path, Integer.class);
  }

  /** The array at this path. */
  public static List<Object> list(HttpResponse<String> answer, String path) {
    return JsonPath.read(answer.body(), path);
  }

  /** The object at this path. */
  public static Map<String, Object> map(HttpResponse<String> answer, String path) {
    return JsonPath.read(answer.body(), path);
  }
}
