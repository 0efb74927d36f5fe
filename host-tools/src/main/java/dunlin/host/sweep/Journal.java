package dunlin.host.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import dunlin.boards.Refusal;
import dunlin.boards.Unreadable;
import dunlin.boards.Unwritable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The file of a sweep that is under way: a head, then a line for each point, in the order in which
 * they are done. A line that has no end was being written when the sweep was stopped; it is cut
 * off.
 */
public final class Journal implements AutoCloseable {
  /** No sweep has so many points. */
  private static final long MOST_BYTES = 1 << 28;

  private final Path file;
  private final FileChannel channel;
  private final Map<SweepRow.Key, SweepRow> rows = new LinkedHashMap<>();
  private final Set<SweepRow.Key> wanted;
  private boolean torn;

  private Journal(Path file, FileChannel channel, Collection<SweepPoint> points) {
    this.file = file;
    this.channel = channel;
    wanted = points.stream().map(SweepPoint::key).collect(Collectors.toSet());
  }

  /**
   * Goes on with a file, or begins it. It stays locked until the journal is closed.
   *
   * @param points of the sweep
   * @throws Refusal where the file is not one of sweeps, holds other points, or another process
   *     writes it
   */
  public static Journal open(Path file, Collection<SweepPoint> points) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new Refusal(file + ": is no ordinary file", "name one, to go on with if need be");
    }
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        Journal journal = new Journal(file, channel, points);
        journal.lock();
        journal.recover();
        return journal;
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new Unreadable(file, e);
    }
  }

  /** The points that are done. */
  public Map<SweepRow.Key, SweepRow> rows() {
    return Collections.unmodifiableMap(rows);
  }

  /** Whether there was a line without an end. */
  public boolean wasTorn() {
    return torn;
  }

  /** Writes a line, at once. */
  void append(SweepRow row) {
    rows.put(row.key(), row);
    write(SweepCsv.line(row));
  }

  private void lock() throws IOException {
    boolean mine;
    try {
      mine = channel.tryLock() != null;
    } catch (OverlappingFileLockException thisProcess) {
      mine = false;
    }
    if (!mine) {
      throw new Refusal(file + ": another sweep writes it", "wait for it, or name another file");
    }
  }

  private void recover() throws IOException {
    if (channel.size() > MOST_BYTES) {
      throw foreign("too large for a sweep");
    }
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    int end = text.lastIndexOf('\n') + 1;
    torn = end < text.length();
    if (end == 0) {
      begin(text);
      return;
    }
    String whole =
        new String(
            text.substring(0, end).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    List<String> lines = whole.lines().toList();
    if (!SweepCsv.HEAD.equals(lines.get(0) + "\n")) {
      throw foreign("not a file of this version's sweeps");
    }
    for (int i = 1; i < lines.size(); i++) {
      recover(i + 1, lines.get(i));
    }
    channel.truncate(end).position(end);
  }

  /** With nothing but a part of the head, at most. */
  private void begin(String text) throws IOException {
    if (!SweepCsv.HEAD.startsWith(text)) {
      throw foreign("not a file of sweeps");
    }
    channel.truncate(0);
    write(SweepCsv.HEAD);
  }

  private void recover(int number, String line) {
    SweepRow row;
    try {
      row = SweepCsv.row(line);
    } catch (JsonProcessingException e) {
      throw foreign("line " + number + " is damaged");
    }
    if (!wanted.contains(row.key())) {
      throw foreign("line " + number + " is of another sweep, " + differs(row.key()));
    }
    if (rows.put(row.key(), row) != null) {
      throw foreign("line " + number + " is there twice");
    }
  }

  /** In what a point differs from all that are wanted. */
  private String differs(SweepRow.Key key) {
    List<SweepRow.Key> models = wanted.stream().filter(k -> k.model().equals(key.model())).toList();
    List<SweepRow.Key> boards = models.stream().filter(k -> k.board().equals(key.board())).toList();
    if (models.isEmpty()) {
      return "of model " + key.model();
    }
    if (models.stream().noneMatch(k -> k.modelHash().equals(key.modelHash()))) {
      return "of a model " + key.model() + " with hash " + key.modelHash();
    }
    if (boards.isEmpty()) {
      return "of board " + key.board();
    }
    if (boards.stream().noneMatch(k -> k.boardHash().equals(key.boardHash()))) {
      return "of a board " + key.board() + " with hash " + key.boardHash();
    }
    return "of " + key.asked();
  }

  private Refusal foreign(String why) {
    return new Refusal(file + ": " + why, "name another file, or remove it");
  }

  private void write(String text) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new Unwritable(file + ":", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new Unwritable(file + ":", e);
    }
  }
}
