package dunlin.host.compile;

import dunlin.firmware.Crc32;
import dunlin.firmware.ImageHeader;
import dunlin.firmware.Memory;
import dunlin.firmware.Op;
import dunlin.host.compile.MemoryMap.Placed;
import dunlin.host.compile.Operand.Constant;
import dunlin.host.compile.Operand.Ram;
import dunlin.host.plan.Member;
import dunlin.host.plan.Plan;
import dunlin.kernels.Dsp;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes an image as it was laid out. */
final class ImageWriter {
  private final Plan plan;
  private final long modelHash;
  private final int rank;
  private final NodeProgram node;
  private final Program program;
  private final MemoryMap memory;
  private final Map<String, Placed> ram;
  private final ImageLayout layout;
  private final byte[] image;

  ImageWriter(
      Plan plan,
      long modelHash,
      int rank,
      NodeProgram node,
      Program program,
      MemoryMap memory,
      ImageLayout layout) {
    this.plan = plan;
    this.modelHash = modelHash;
    this.rank = rank;
    this.node = node;
    this.program = program;
    this.memory = memory;
    ram = memory.buffers().stream().collect(Collectors.toMap(Placed::name, placed -> placed));
    this.layout = layout;
    image = new byte[Math.toIntExact(layout.bytes())];
  }

  byte[] write() {
    layout.forEach(
        (constant, at) -> System.arraycopy(constant.bytes(), 0, image, at, constant.size()));
    int at = ImageHeader.BYTES;
    for (Program.Step op : program.steps()) {
      writeStep(op, at);
      at += op.format().bytes();
    }
    writeHeader();
    return image;
  }

  private void writeStep(Program.Step op, int at) {
    Dsp.store32(image, at, op.format().head());
    for (OpFormat.Field field : op.format().fields()) {
      Object value = op.value(field);
      int word = value instanceof Program.Part part ? address(part) : (Integer) value;
      Dsp.store32(image, at + field.offset(), word);
    }
  }

  private int address(Program.Part part) {
    if (part.operand() instanceof Constant constant) {
      return Memory.buffer(0, layout.offset(constant) + part.within());
    }
    return ramAddress(part.operand(), part.within());
  }

  private int ramAddress(Operand operand, int within) {
    Placed placed = ram.get(operand.name());
    return Memory.buffer(1 + placed.region(), placed.offset() + within);
  }

  private int addressOf(Optional<Ram> buffer) {
    return buffer.map(ram -> ramAddress(ram, 0)).orElse(Op.NO_BUFFER);
  }

  private void writeHeader() {
    Dsp.store32(image, ImageHeader.MAGIC, ImageHeader.MAGIC_VALUE);
    Dsp.store16(image, ImageHeader.FORMAT, ImageHeader.FORMAT_VERSION);
    Dsp.store16(image, ImageHeader.HEADER_BYTES, ImageHeader.BYTES);
    Dsp.store32(image, ImageHeader.IMAGE_BYTES, image.length);
    store64(ImageHeader.MODEL_HASH, modelHash);
    store64(ImageHeader.PLAN_HASH, plan.hash(modelHash));
    Dsp.store16(image, ImageHeader.RANK, rank);
    Dsp.store16(image, ImageHeader.NODES, plan.members().size());
    Member member = plan.members().get(rank);
    Dsp.store16(image, ImageHeader.LAYOUT, member.weights().layout());
    Dsp.store16(image, ImageHeader.BOARD, member.board().id());
    Dsp.store32(image, ImageHeader.PROGRAM, ImageHeader.BYTES);
    Dsp.store32(image, ImageHeader.PROGRAM_BYTES, program.bytes());
    Dsp.store32(image, ImageHeader.MAX_ROWS, plan.chunk());
    Dsp.store32(image, ImageHeader.CONTEXT, plan.context());
    Dsp.store32(image, ImageHeader.VOCABULARY, plan.model().config().vocabulary());
    for (int region = 0; region < memory.regionBytes().size(); region++) {
      Dsp.store32(image, ImageHeader.RAM_BYTES + 4 * region, memory.regionBytes().get(region));
    }
    NodeBuffers buffers = node.buffers();
    Dsp.store32(image, ImageHeader.TOKENS, addressOf(buffers.tokens()));
    Dsp.store32(image, ImageHeader.RESULT, ramAddress(buffers.result(), 0));
    Dsp.store16(image, ImageHeader.MAX_TOP_K, node.largestTopK());
    Dsp.store16(image, ImageHeader.PARENT, plan.hostwardPort(rank));
    Dsp.store32(image, ImageHeader.CHILDREN, plan.wiring().ports(rank, r -> true));
    Dsp.store32(image, ImageHeader.PATIENCE, plan.patienceMillis());
    Dsp.store32(image, ImageHeader.OUTBOXES, ramAddress(buffers.outboxes(), 0));
    Dsp.store32(image, ImageHeader.INPUT, addressOf(buffers.input()));
    Dsp.store32(image, ImageHeader.INPUT_BYTES, buffers.input().map(Ram::bytes).orElse(0));
    Dsp.store32(image, ImageHeader.TYPES, buffers.types());
    writeCrcs();
  }

  private void writeCrcs() {
    Crc32 crc = new Crc32();
    int body = crc.update(0, image, ImageHeader.BYTES, image.length - ImageHeader.BYTES);
    Dsp.store32(image, ImageHeader.BODY_CRC, body);
    Dsp.store32(image, ImageHeader.HEADER_CRC, ImageHeader.headerCrc(image, crc));
  }

  private void store64(int at, long value) {
    Dsp.store32(image, at, (int) value);
    Dsp.store32(image, at + 4, (int) (value >>> 32));
  }
}
