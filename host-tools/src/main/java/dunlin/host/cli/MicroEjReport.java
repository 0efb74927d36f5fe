package dunlin.host.cli;

import dunlin.boards.sni.MicroEjBuild;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** What {@code build --board microej --json} writes. */
record MicroEjReport(String board, List<String> files, int classes, long classBytes, int natives) {

  static MicroEjReport of(MicroEjBuild built) {
    return new MicroEjReport(
        MicroEjBuild.BOARD,
        built.files().stream().map(Path::toString).toList(),
        built.classes(),
        built.classBytes(),
        built.natives());
  }

  void print(PrintWriter out) {
    files.stream()
        .filter(file -> !file.endsWith(".h"))
        .forEach(file -> out.println("microej  " + file));
    long headers = files.stream().filter(file -> file.endsWith(".h")).count();
    out.println();
    new Table(1)
        .row("class files", Numerals.grouped(classes))
        .row("bytes of them", Numerals.grouped(classBytes))
        .row("natives", Numerals.grouped(natives))
        .row("headers", Numerals.grouped(headers))
        .print(out);
  }
}
