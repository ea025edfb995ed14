package dev.lockstep.common.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("apply")
class RowFilterTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "country = 'DE' AND amount > 100",
        "a = 1 OR b = 2 AND NOT c = -3.50",
        "(a = 1 or b = 2) and not (c <> 3 or d is null)",
        "a IN (1, 2, 3) AND b NOT IN ('x', 'it''s')",
        "a NOT BETWEEN 1 AND 2 AND b LIKE 'A\\\\%%' AND c NOT LIKE '_'",
        "`odd ``name` IS NOT NULL",
        "NOT NOT a = true",
        "a<=1 AND b>=2 AND c!=3 AND d<>4"
      })
  void aConditionIsReadAndItsTextIsReadAgainToTheSame(String text) {
    Condition condition = RowFilter.parse(text);
    assertThat(RowFilter.parse(condition.toString())).isEqualTo(condition);
  }

  @Test
  void andBindsMoreThanOr() {
    assertThat(RowFilter.parse("a = 1 OR b = 2 AND c = 3"))
        .isEqualTo(RowFilter.parse("a = 1 OR (b = 2 AND c = 3)"))
        .isNotEqualTo(RowFilter.parse("(a = 1 OR b = 2) AND c = 3"));
    assertThat(RowFilter.parse("not a = 1 and b = 2"))
        .isEqualTo(RowFilter.parse("(NOT (a = 1)) AND b = 2.0"));
    assertThat(RowFilter.parse("a IN (1) OR b BETWEEN 'x' AND 'y'").columns())
        .isEqualTo(Set.of("a", "b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '@',
      value = {
        "@ @| it is empty",
        "a| it ends too early: compare a column with a constant",
        "a =| it ends too early",
        "1 = a| 1 can't stand at character 1",
        "a = b| b can't stand at character 5",
        "a = `b`| `b` is a column's name: a text stands in single quotes",
        "a = \"DE\"| \"DE\" is a column's name",
        "a = NULL| a comparison with NULL is never true: write IS NULL",
        "a NOT 1| 1 can't stand",
        "a IS 1| 1 can't stand",
        "a LIKE 1| LIKE needs a text",
        "lower(a) = 'x'| lower( is no column: a filter has neither functions",
        "t.a = 1| t. is no column",
        "a = 1 b = 2| b can't stand at character 7",
        "a = 1e5| 1e5 is no number",
        "a = 1 AND| it ends too early",
        "a IN ()| ) can't stand",
        "a = (SELECT 1)| it holds SELECT",
        "a = 1; DROP TABLE t| the character ; can't stand there",
        "a = 1 -- b| it holds a comment",
        "a = 'x| a quote is not closed"
      })
  void whatIsNoConditionIsRefusedWithWhatIsWrong(String text, String problem) {
    assertThat(RowFilter.problem(text)).hasValueSatisfying(p -> assertThat(p).startsWith(problem));
  }
}
