package dev.lockstep.capture.ddl;

import io.debezium.ddl.parser.mysql.generated.MySqlParser;
import io.debezium.ddl.parser.mysql.generated.MySqlParser.CharsetWithOptBinaryContext;
import io.debezium.ddl.parser.mysql.generated.MySqlParser.DataTypeContext;
import io.debezium.ddl.parser.mysql.generated.MySqlParserBaseListener;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/**
 * Two words after a type that Debezium misunderstands, taken out of a parsed statement: {@code
 * BYTE}, which it does not see, becomes the character set {@code binary}; {@code BINARY}, which
 * only names a collation, and for which it forgets the options of ENUM and SET.
 */
final class ByteTypes extends MySqlParserBaseListener {
  /** What a text type of character set {@code binary} is called in a column until it is renamed. */
  static final String BYTE = " BYTE";

  @Override
  public void exitDataType(DataTypeContext type) {
    CharsetWithOptBinaryContext charset = type.charsetWithOptBinary();
    if (charset == null) {
      return;
    }
    if (charset.BYTE_SYMBOL() != null) {
      markFirstWord(type);
    }
    charset.children.removeIf(ByteTypes::isBinary);
  }

  private static boolean isBinary(ParseTree node) {
    return node instanceof TerminalNode word
        && word.getSymbol().getType() == MySqlParser.BINARY_SYMBOL;
  }

  private static void markFirstWord(DataTypeContext type) {
    if (type.getStart() instanceof CommonToken word) {
      word.setText(word.getText() + BYTE);
    }
  }
}
