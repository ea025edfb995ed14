package dev.lockstep.capture.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("types")
class StatementQuotesTest {
  private static final SqlMode ANSI = new SqlMode(true, true);
  private static final SqlMode NO_ESCAPES = new SqlMode(false, false);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "e ENUM(\"a\", 'b')            | e ENUM('a', 'b')",
        "e ENUM(\"a\"\"b\", \"it's\")  | e ENUM('a\"b', 'it''s')",
        "e ENUM(\"a\\\"b\", 'c\\'\"')  | e ENUM('a\\\"b', 'c\\'\"')",
        "c INT /* \" */, d ENUM(\"x\") | c INT /* \" */, d ENUM('x')",
        "c INT /*!80000 DEFAULT \"1\" */| c INT /*!80000 DEFAULT '1' */",
        "`a\"b` ENUM(\"x\")            | `a\"b` ENUM('x')",
        "d ENUM('--\"')                | d ENUM('--\"')",
        "d INT DEFAULT (5--\"1\")      | d INT DEFAULT (5--'1')",
      })
  void doubleQuotesAreTextsWithoutAnsiQuotes(String statement, String written) {
    assertThat(StatementQuotes.inEveryMode(statement, SqlMode.DEFAULT)).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "CREATE TABLE \"t\" (\"a\"\"b`c\" INT) | CREATE TABLE `t` (`a\"b``c` INT)",
        "\"e\" ENUM('\"', 'it''s \\\\')        | `e` ENUM('\"', 'it''s \\\\')",
        "`e\"` INT COMMENT '\"' -- \"          | `e\"` INT COMMENT '\"' -- \"",
      })
  void doubleQuotesAreIdentifiersWithAnsiQuotes(String statement, String written) {
    assertThat(StatementQuotes.inEveryMode(statement, ANSI)).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "e ENUM('a\\', 'b\\n''')    | e ENUM('a\\\\', 'b\\\\n''')",
        "e ENUM(\"\\\", '\\') # '\\ | e ENUM('\\\\', '\\\\') # '\\",
        "`a\\` INT                  | `a\\` INT",
      })
  void aBackslashIsItselfWithoutEscapes(String statement, String written) {
    assertThat(StatementQuotes.inEveryMode(statement, NO_ESCAPES)).isEqualTo(written);
  }

  @Test
  void aLineCommentEndsWithItsLine() {
    assertThat(StatementQuotes.inEveryMode("a INT, -- \"\n# '\n b ENUM(\"x\")", SqlMode.DEFAULT))
        .isEqualTo("a INT, -- \"\n# '\n b ENUM('x')");
  }

  @Test
  void whatSaysTheSameInEveryModeIsLeftAlone() {
    String statement = "CREATE TABLE t (e ENUM('a\\'b'))";
    assertThat(StatementQuotes.inEveryMode(statement, ANSI)).isSameAs(statement);
    String plain = "CREATE TABLE t (e ENUM('a'))";
    assertThat(StatementQuotes.inEveryMode(plain, NO_ESCAPES)).isSameAs(plain);
  }

  @Test
  void theModeStandsAfterTheFlags() {
    assertThat(SqlMode.of(status("0000000000" + "01" + "0400100000000000" + "0603737464")))
        .isEqualTo(new SqlMode(true, false));
    assertThat(SqlMode.of(status("01" + "0400000000000000"))).isEqualTo(ANSI);
    assertThat(SqlMode.of(status("0000000000" + "01" + "0000200000000000")))
        .isEqualTo(SqlMode.DEFAULT);
    for (String none : new String[] {"", "0000000000", "0603737464", "0000000000" + "010400"}) {
      assertThat(SqlMode.of(status(none))).isEqualTo(SqlMode.DEFAULT);
    }
  }

  private static byte[] status(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
