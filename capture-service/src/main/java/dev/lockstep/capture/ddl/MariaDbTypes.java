package dev.lockstep.capture.ddl;

import io.debezium.ddl.parser.mariadb.generated.MariaDBParser;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;

/**
 * Types of MariaDB that Debezium's grammar does not have: their names are shown to it as UUID, a
 * type without length or character set as they are. Their text stays, and names the column's type.
 */
final class MariaDbTypes {
  private static final Set<String> NAMES = Set.of("INET4", "INET6");

  /** What stands before a column's name, where the word is that name and no type. */
  private static final Set<Integer> BEFORE_NAMES =
      Set.of(
          MariaDBParser.LR_BRACKET,
          MariaDBParser.COMMA,
          MariaDBParser.DOT,
          MariaDBParser.COLUMN,
          MariaDBParser.ADD,
          MariaDBParser.CHANGE,
          MariaDBParser.MODIFY,
          MariaDBParser.EXISTS,
          MariaDBParser.AFTER,
          MariaDBParser.TO,
          MariaDBParser.TABLE,
          MariaDBParser.ON,
          MariaDBParser.KEY,
          MariaDBParser.INDEX);

  private MariaDbTypes() {}

  /** In the tokens of a statement that is about to be parsed. */
  static void mark(TokenStream statement) {
    if (!(statement instanceof CommonTokenStream stream)) {
      throw new IllegalStateException("Debezium's tokens come in another stream");
    }
    stream.fill();
    List<Token> tokens =
        stream.getTokens().stream()
            .filter(token -> token.getChannel() == Token.DEFAULT_CHANNEL)
            .toList();
    for (int i = 1; i < tokens.size(); i++) {
      if (tokens.get(i) instanceof CommonToken word
          && NAMES.contains(word.getText().toUpperCase(Locale.ROOT))
          && !BEFORE_NAMES.contains(tokens.get(i - 1).getType())) {
        word.setType(MariaDBParser.UUID);
      }
    }
    stream.seek(0);
  }
}
