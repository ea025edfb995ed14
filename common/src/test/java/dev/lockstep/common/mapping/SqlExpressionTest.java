package dev.lockstep.common.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("apply")
class SqlExpressionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "toYYYYMM(created)",
        "concat(first, ' -- ; /* ) ', last)",
        "if(a > 0, 'it''s', 'it\\'s')",
        "`odd ``name` + \"another \\\" one\"",
        "a = 1 ? [1, 2][1] : (3, 4).1",
        "place.srid % 4",
        "CAST(a AS Nullable(String))",
        "arrayMap(x -> x * 2, b)",
        "a::UInt8",
        "'größe'"
      })
  void anExpressionPasses(String text) {
    assertThat(SqlExpression.problem(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '@',
      value = {
        "@ @| it is empty",
        "a) ENGINE = Log --| a bracket is closed that is not open",
        "(a| a bracket is not closed",
        "(a]| a bracket is closed that is not open",
        "'a| a quote is not closed",
        "'a\\'| a quote is not closed",
        "`a``| a quote is not closed",
        "a -- b| it holds a comment",
        "a /* b| it holds a comment",
        "a # b| the character # can't stand there",
        "a; DROP TABLE b| the character ; can't stand there",
        "{a:String}| the character { can't stand there",
        "$x$)$x$| the character $ can't stand there",
        "‘a’| the character \\u2018 can't stand there",
        "a \\ b| the character \\ can't stand there",
        "greatest(*)| it takes columns without naming them",
        "cityHash64(t.*)| it takes columns without naming them",
        "tuple(Columns('a'))| it takes columns without naming them",
        "(SELECT 1)| it holds SELECT",
        "a IN (sElEcT b FROM c)| it holds SELECT"
      })
  void whatCouldEndItsClauseOrAskForMoreIsRefused(String text, String problem) {
    assertThat(SqlExpression.problem(text))
        .hasValueSatisfying(p -> assertThat(p).contains(problem));
  }

  @Test
  void sizesAreBounded() {
    assertThat(SqlExpression.problem("a".repeat(4_001))).isPresent();
    assertThat(SqlExpression.problem("(".repeat(51) + "a" + ")".repeat(51))).isPresent();
    assertThat(SqlExpression.problem("(".repeat(50) + "a" + ")".repeat(50))).isEmpty();
  }

  @Test
  void itsIdentifiersAreAllThatCouldBeAColumn() {
    assertThat(new SqlExpression("toDate(`a b`) + \"c\\\"d\" - e.f * 'g' + `x``y`").identifiers())
        .containsExactly("toDate", "a b", "c\"d", "e", "f", "x`y");
  }

  @Test
  void aTtlHoldsNoOtherClause() {
    String ttl = "a + INTERVAL 1 DAY TO VOLUME 'cold', f(a, b) + INTERVAL 9 DAY DELETE WHERE c = 1";
    assertThat(SqlExpression.problemOfTtl(ttl)).isEmpty();
    assertThat(new SqlExpression(ttl).parts())
        .extracting(part -> part.topWords().contains("TO"))
        .isEqualTo(List.of(true, false));
    for (String clause : List.of("AS x", "settings a = 1", "COMMENT 'x'", "GROUP BY a SET b = 1")) {
      assertThat(SqlExpression.problemOfTtl("a + INTERVAL 1 DAY " + clause)).as(clause).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"UInt8", "Nullable(String)", "DateTime64(3, 'UTC')", "Enum8('a)' = 1)", "T()"})
  void aTypePasses(String type) {
    assertThat(SqlExpression.problemOfType(type)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UInt8 DEFAULT 1",
        "UInt8, b String",
        "(UInt8)",
        "A(1)(2)",
        "A(1) B",
        "1",
        "'a'",
        ""
      })
  void whatIsMoreThanATypeIsRefused(String type) {
    assertThat(SqlExpression.problemOfType(type)).isPresent();
  }
}
