package dunlin.boards.bootloader;

/** First bytes of the bootloader's commands, and its answers (AN3155, table 2). */
final class Command {
  static final int SYNCHRONISE = 0x7F;
  static final int GET = 0x00;
  static final int GET_VERSION = 0x01;
  static final int GET_ID = 0x02;
  static final int READ_MEMORY = 0x11;
  static final int GO = 0x21;
  static final int WRITE_MEMORY = 0x31;
  static final int ERASE = 0x43;
  static final int EXTENDED_ERASE = 0x44;

  static final int ACK = 0x79;
  static final int NACK = 0x1F;

  private Command() {}
}
