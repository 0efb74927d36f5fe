package dunlin.boards.qemu;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What was executed between two marks, from QEMU's log: it disassembles each block of instructions
 * before it first executes it, and names it whenever it does.
 *
 * @param instructions executed, those that a condition skipped among them
 * @param loads words that they loaded; a load of less than a word is one
 */
public record Trace(long instructions, long loads) {
  /** The state that a block was translated for, its address among it, and its function. */
  private static final Pattern EXECUTED = Pattern.compile(".* \\[(\\S+)\\] (\\w*)");

  /** Its address, its halfwords, and what the disassembler takes them for. */
  private static final Pattern INSTRUCTION =
      Pattern.compile("0x\\p{XDigit}+:  ((?:\\p{XDigit}{4} )+) .*");

  private static final String MARK = "dunlin_mark";
  private static final Trace NOTHING = new Trace(0, 0);

  /** A block of instructions; a mark is one too. */
  private record Block(Trace trace, boolean mark) {}

  /** Reads the log of {@code -d in_asm,exec,nochain} to its end. */
  static Trace read(InputStream log) throws IOException {
    Map<String, Trace> blocks = new HashMap<>();
    Map<String, Block> lines = new HashMap<>(); // a loop's come again and again
    Trace translated = NOTHING;
    Block last = new Block(NOTHING, false);
    Trace total = NOTHING;
    int marks = 0;
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(log, StandardCharsets.US_ASCII))) {
      for (String line = in.readLine(); line != null && marks < 2; line = in.readLine()) {
        if (line.startsWith("IN:")) {
          translated = block(in);
        } else if (line.startsWith("Trace")) {
          last = lines.get(line);
          if (last == null) {
            last = executed(line, translated, blocks);
            lines.put(line, last);
          }
          marks += last.mark() ? 1 : 0;
          total = marks == 0 ? NOTHING : total.plus(last.trace(), 1);
        } else if (line.startsWith("Stopped")) { // before the last block, which follows again
          total = total.plus(last.trace(), -1);
        }
      }
      in.transferTo(Writer.nullWriter()); // or QEMU would wait
    }
    return total;
  }

  /** The block that a line names: where that is new, it has just been translated. */
  private static Block executed(String line, Trace translated, Map<String, Trace> blocks) {
    Matcher executed = matched(EXECUTED, line);
    blocks.putIfAbsent(executed.group(1), translated);
    return new Block(blocks.get(executed.group(1)), executed.group(2).equals(MARK));
  }

  private static Trace block(BufferedReader in) throws IOException {
    IntStream.Builder code = IntStream.builder();
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      for (String halfword : matched(INSTRUCTION, line).group(1).split(" ", 0)) {
        code.add(Integer.parseInt(halfword, 16));
      }
    }
    return decoded(code.build().toArray());
  }

  private static Matcher matched(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalStateException("QEMU's log has changed: " + line);
    }
    return matcher;
  }

  private static Trace decoded(int[] code) {
    Trace block = NOTHING;
    for (int at = 0; at < code.length; at += Thumb.halfwords(code[at])) {
      int second = at + 1 < code.length ? code[at + 1] : 0;
      block = block.plus(new Trace(1, Thumb.loads(code[at], second)), 1);
    }
    return block;
  }

  private Trace plus(Trace more, int times) {
    return new Trace(instructions + times * more.instructions, loads + times * more.loads);
  }
}
