package dunlin.boards.bootloader;

import dunlin.boards.Chip;
import dunlin.boards.SectorMap;
import dunlin.boards.bootloader.BootloaderFault.EraseRefused;
import dunlin.boards.bootloader.BootloaderFault.FlashOnly;
import dunlin.boards.bootloader.BootloaderFault.OlderErase;
import dunlin.boards.bootloader.BootloaderFault.ReadProtected;
import dunlin.boards.bootloader.BootloaderFault.Silent;
import dunlin.boards.bootloader.BootloaderFault.WholeBlocks;
import dunlin.boards.bootloader.BootloaderFault.WriteLost;
import dunlin.boards.bootloader.BootloaderFault.WriteRefused;
import dunlin.hal.Board;
import dunlin.hal.Flash;
import dunlin.hal.Machine;
import dunlin.hal.Port;
import dunlin.hal.Wake;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/** The protocol of AN3155, field by field: each is waited for whole, then looked at. */
final class BootloaderMachine implements Machine {
  private static final int VERSION = 0x31;
  private static final int UID_BYTES = 12;
  private static final int BLOCK = 256;
  private static final byte[] COMMANDS = {
    Command.GET,
    Command.GET_VERSION,
    Command.GET_ID,
    Command.READ_MEMORY,
    Command.GO,
    Command.WRITE_MEMORY
  };

  private final Port port;
  private final Flash flash;
  private final SectorMap sectors;
  private final int id;
  private final List<BootloaderFault> faults;

  /** The block that the UID lies in, and its address; the rest of it is blank. */
  private final byte[] uidBlock = new byte[BLOCK];

  private final long uidAddress;

  /** Flash operations that are still to be started; an ACK follows them. */
  private final Queue<BooleanSupplier> work = new ArrayDeque<>();

  private boolean working;

  /** What is waited for, and what looks at it. */
  private byte[] field;

  private Runnable next;

  private long address;
  private int commands;
  private int writes;
  private boolean silent;
  private OptionalLong started = OptionalLong.empty();

  BootloaderMachine(Board board, Chip chip, int id, List<BootloaderFault> faults) {
    port = board.port(0);
    flash = board.flash();
    this.id = id;
    this.faults = faults;
    sectors = SectorMap.of(chip);
    long uid = chip.bootloader().uid();
    uidAddress = uid - uid % BLOCK;
    Arrays.fill(uidBlock, (byte) -1);
    ByteBuffer words = ByteBuffer.wrap(uidBlock).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < UID_BYTES / 4; i++) {
      words.putInt((int) (uid % BLOCK) + 4 * i, board.uid(i));
    }
    expect(1, this::synchronise);
  }

  @Override
  public void step(long now, Wake wake) {
    while (true) {
      if (flash.busy()) {
        wake.flashIdle = true;
        return;
      }
      if (working) {
        work();
      } else if (port.available() < field.length) {
        wake.receive[0] = field.length;
        return;
      } else {
        port.read(field, 0, field.length);
        next.run();
      }
    }
  }

  /** Where a program was started. */
  OptionalLong started() {
    return started;
  }

  private void expect(int bytes, Runnable then) {
    field = new byte[bytes];
    next = then;
  }

  private void expectCommand() {
    expect(2, this::command);
  }

  private void answer(int... bytes) {
    byte[] raw = new byte[bytes.length];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = (byte) bytes[i];
    }
    send(raw);
  }

  private void send(byte[] bytes) {
    if (!silent) {
      port.write(bytes, 0, bytes.length);
    }
  }

  private void refuse() {
    answer(Command.NACK);
    expectCommand();
  }

  private void synchronise() {
    if (unsigned(0) == Command.SYNCHRONISE) {
      answer(Command.ACK);
      expectCommand();
    }
  }

  private void command() {
    silent |= faults.contains(new Silent(commands++));
    if ((unsigned(0) ^ unsigned(1)) != 0xFF) {
      refuse();
      return;
    }
    if (unsigned(0) == eraseCommand()) {
      unlessProtected(hasOlderErase() ? 1 : 2, this::erase);
      return;
    }
    switch (unsigned(0)) {
      case Command.GET -> get();
      case Command.GET_VERSION -> inform(VERSION, 0, 0);
      case Command.GET_ID -> inform(1, id >> 8, id & 0xFF);
      case Command.READ_MEMORY -> unlessProtected(5, this::readAddress);
      case Command.GO -> unlessProtected(5, this::go);
      case Command.WRITE_MEMORY -> unlessProtected(5, this::writeAddress);
      default -> refuse();
    }
  }

  private void get() {
    answer(Command.ACK, COMMANDS.length + 1, VERSION);
    send(COMMANDS);
    answer(eraseCommand(), Command.ACK);
    expectCommand();
  }

  private boolean hasOlderErase() {
    return faults.contains(new OlderErase());
  }

  private int eraseCommand() {
    return hasOlderErase() ? Command.ERASE : Command.EXTENDED_ERASE;
  }

  private void inform(int... bytes) {
    answer(Command.ACK);
    answer(bytes);
    answer(Command.ACK);
    expectCommand();
  }

  private void unlessProtected(int bytes, Runnable then) {
    if (faults.contains(new ReadProtected())) {
      refuse();
    } else {
      answer(Command.ACK);
      expect(bytes, then);
    }
  }

  private void readAddress() {
    if (takeAddress()) {
      answer(Command.ACK);
      expect(2, this::read);
    } else {
      refuse();
    }
  }

  private void read() {
    int count = unsigned(0) + 1;
    byte[] memory = isUid() ? uidBlock : flash.bytes();
    long offset = address - (isUid() ? uidAddress : sectors.origin());
    boolean odd = isUid() && count < BLOCK && faults.contains(new WholeBlocks());
    if ((unsigned(0) ^ unsigned(1)) != 0xFF || offset + count > memory.length || odd) {
      refuse();
      return;
    }
    answer(Command.ACK);
    send(Arrays.copyOfRange(memory, (int) offset, (int) offset + count));
    expectCommand();
  }

  /** A program runs from here on: the bootloader is gone. */
  private void go() {
    if (takeAddress()) {
      answer(Command.ACK);
      silent = true;
      started = OptionalLong.of(address);
      expect(1, () -> {});
    } else {
      refuse();
    }
  }

  private void writeAddress() {
    if (takeAddress() && !isUid()) {
      answer(Command.ACK);
      expect(1, () -> grow(unsigned(0) + 2, this::write));
    } else {
      refuse();
    }
  }

  private void write() {
    int write = writes++;
    int count = unsigned(0) + 1;
    if (checksum() != 0 || faults.contains(new WriteRefused(write))) {
      refuse();
      return;
    }
    byte[] data = Arrays.copyOfRange(field, 1, 1 + count);
    int offset = (int) (address - sectors.origin());
    if (!faults.contains(new WriteLost(write))) {
      work.add(() -> flash.program(offset, data, 0, count));
    }
    working = true;
  }

  /** How many sectors less one, and which; or all. One byte for each number in older ones. */
  private void erase() {
    int width = field.length;
    int countLess1 = number(0, width);
    if (countLess1 == (width == 1 ? 0xFF : 0xFFFF)) {
      grow(1, () -> beginErasing(sectors.all()));
    } else if (countLess1 >= sectors.all().size()) {
      refuse();
    } else {
      grow(width * (countLess1 + 1) + 1, () -> eraseSectors(width, countLess1 + 1));
    }
  }

  private void eraseSectors(int width, int count) {
    List<SectorMap.Sector> named = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      int index = number(i, width);
      if (index >= sectors.all().size()) {
        refuse();
        return;
      }
      named.add(sectors.all().get(index));
    }
    beginErasing(named);
  }

  private void beginErasing(List<SectorMap.Sector> named) {
    if (checksum() != 0 || faults.contains(new EraseRefused())) {
      refuse();
      return;
    }
    for (SectorMap.Sector sector : named) {
      for (long at = sector.address(); at < sector.end(); at += sectors.leastBytes()) {
        int offset = (int) (at - sectors.origin());
        work.add(() -> flash.erase(offset));
      }
    }
    working = true;
  }

  /** Starts the next operation; answers where there is none, or it cannot be done. */
  private void work() {
    BooleanSupplier operation = work.poll();
    if (operation == null) {
      working = false;
      answer(Command.ACK);
      expectCommand();
    } else if (!operation.getAsBoolean()) {
      working = false;
      work.clear();
      refuse();
    }
  }

  /** Waits for {@code more} bytes behind those that have come. */
  private void grow(int more, Runnable then) {
    byte[] before = field;
    expect(
        more,
        () -> {
          byte[] behind = field;
          field = Arrays.copyOf(before, before.length + more);
          System.arraycopy(behind, 0, field, before.length, more);
          then.run();
        });
  }

  /** Whether the address in the field is one of memory that can be read. */
  private boolean takeAddress() {
    address = ByteBuffer.wrap(field).getInt() & 0xFFFFFFFFL;
    boolean isFlash = address >= sectors.origin() && address < sectors.origin() + sectors.bytes();
    return checksum() == 0 && (isFlash || isUid());
  }

  private boolean isUid() {
    return address >= uidAddress
        && address < uidAddress + BLOCK
        && !faults.contains(new FlashOnly());
  }

  /** 0 where the last byte is the exclusive or of those before it. */
  private int checksum() {
    int sum = 0;
    for (byte b : field) {
      sum ^= b;
    }
    return sum & 0xFF;
  }

  /** The field as numbers of so many bytes. */
  private int number(int index, int width) {
    return width == 1 ? unsigned(index) : unsigned(2 * index) << 8 | unsigned(2 * index + 1);
  }

  private int unsigned(int index) {
    return field[index] & 0xFF;
  }
}
