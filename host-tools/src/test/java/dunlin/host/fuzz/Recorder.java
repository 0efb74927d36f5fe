package dunlin.host.fuzz;

import dunlin.hal.Port;
import dunlin.host.run.Console;
import java.io.ByteArrayOutputStream;

/** A console that keeps what goes either way: seeds to fuzz from. */
final class Recorder implements Console, Port {
  final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final Console console;

  Recorder(Console console) {
    this.console = console;
  }

  @Override
  public Port port() {
    return this;
  }

  @Override
  public boolean await(int bytes) {
    return console.await(bytes);
  }

  @Override
  public String state() {
    return console.state();
  }

  @Override
  public int available() {
    return console.port().available();
  }

  @Override
  public int read(byte[] into, int offset, int max) {
    int count = console.port().read(into, offset, max);
    received.write(into, offset, count);
    return count;
  }

  @Override
  public int writable() {
    return console.port().writable();
  }

  @Override
  public int write(byte[] from, int offset, int count) {
    sent.write(from, offset, count);
    return console.port().write(from, offset, count);
  }

  @Override
  public int errors() {
    return console.port().errors();
  }
}
