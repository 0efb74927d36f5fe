package dunlin.firmware;

import dunlin.kernels.Candidate;
import dunlin.kernels.Copy;
import dunlin.kernels.Dsp;
import dunlin.kernels.Noise;
import dunlin.kernels.PartialSums;
import dunlin.kernels.TopK;

/**
 * Executes the collectives, each as a stream of segments that goes on wherever a link lets it:
 * {@link #run} is called again until it is done.
 */
final class Exchange {
  private final Memory memory;
  private final byte[] image;
  private final Request request;
  private final Stream stream;
  private final Fetch fetch;

  /** The record being executed. */
  private int op;

  Exchange(Memory memory, Request request, Stream stream) {
    this.memory = memory;
    this.image = memory.image();
    this.request = request;
    this.stream = stream;
    fetch = new Fetch(memory, request, stream);
  }

  /** Goes on with the collective of the record at {@code record}; false while it must wait. */
  boolean run(int code, int record) {
    op = record;
    stream.setId(field(Op.Broadcast.ID));
    switch (code) {
      case Op.Broadcast.CODE:
        return broadcast();
      case Op.Reduce.CODE:
        return reduce();
      case Op.Merge.CODE:
        return merge();
      default:
        return fetch.run(record);
    }
  }

  /** The stream: the words of SCALES, then the rows of BUFFER. */
  private boolean broadcast() {
    int rows = rows(Op.Broadcast.ROWS);
    int scaleBytes = field(Op.Broadcast.SCALES) == Op.NO_BUFFER ? 0 : rows << 2;
    int total = scaleBytes + rows * field(Op.Broadcast.ROW_BYTES);
    int from = field(Op.Broadcast.FROM);
    if (from == Op.NO_PORT) {
      stream.here = total;
    }
    while (stream.here < total && stream.arrived(from, total - stream.here, 1)) {
      byte[] in = stream.at(from).incoming();
      int count = Dsp.loadU16(in, Frame.LENGTH);
      for (int i = 0, run; i < count; i += run) {
        int at = stream.here + i;
        int buffer = part(scaleBytes, at);
        run = run(scaleBytes, at, count - i);
        Copy.bytes(in, Frame.PAYLOAD + i, memory.array(buffer), Memory.offset(buffer), run);
      }
      stream.here += count;
      stream.at(from).release();
    }
    int to = field(Op.Broadcast.TO);
    boolean done = stream.here == total;
    for (int port = 0; port < stream.moved.length; port++) {
      if (Stream.has(to, port)) {
        forward(port, scaleBytes, total);
        done &= stream.moved[port] == total;
      }
    }
    return done;
  }

  /**
   * Sends what is here of a broadcast's stream and has not gone to {@code port}, whole segments.
   */
  private void forward(int port, int scaleBytes, int total) {
    while (stream.moved[port] < total && stream.at(port).ready()) {
      int count = Stream.segment(total - stream.moved[port], Frame.MAX_PAYLOAD);
      if (stream.moved[port] + count > stream.here) {
        return;
      }
      byte[] out = stream.at(port).outgoing();
      for (int i = 0, run; i < count; i += run) {
        int at = stream.moved[port] + i;
        int buffer = part(scaleBytes, at);
        run = run(scaleBytes, at, count - i);
        Copy.bytes(memory.array(buffer), Memory.offset(buffer), out, Frame.PAYLOAD + i, run);
      }
      stream.moved[port] += count;
      stream.send(port, count);
    }
  }

  /** Byte {@code at} of a broadcast's stream, as a buffer. */
  private int part(int scaleBytes, int at) {
    return at < scaleBytes
        ? field(Op.Broadcast.SCALES) + at
        : field(Op.Broadcast.BUFFER) + at - scaleBytes;
  }

  /** How many of {@code count} bytes from {@code at} on lie in one buffer. */
  private static int run(int scaleBytes, int at, int count) {
    return at < scaleBytes && at + count > scaleBytes ? scaleBytes - at : count;
  }

  /** The stream: the sums of all rows. What has come from every child goes on upstream. */
  private boolean reduce() {
    int total = request.rows * field(Op.Reduce.CHANNELS);
    int from = field(Op.Reduce.FROM);
    int to = field(Op.Reduce.TO);
    int bytes = field(Op.Reduce.ELEMENT_BYTES);
    int complete = total;
    for (int port = 0; port < stream.moved.length; port++) {
      if (Stream.has(from, port)) {
        while (stream.moved[port] < total
            && stream.arrived(port, (total - stream.moved[port]) * bytes, bytes)) {
          add(port, bytes);
        }
        complete = stream.moved[port] < complete ? stream.moved[port] : complete;
      }
    }
    if (to == Op.NO_PORT) {
      return complete == total;
    }
    while (stream.here < total && stream.at(to).ready()) {
      int count = Stream.segment(total - stream.here, Frame.MAX_PAYLOAD / bytes);
      if (stream.here + count > complete) {
        return false;
      }
      pack(to, bytes, count);
    }
    return stream.here == total;
  }

  /** Adds the segment that is in at {@code port}. */
  private void add(int port, int bytes) {
    byte[] in = stream.at(port).incoming();
    int buffer = field(Op.Reduce.BUFFER);
    int to = Memory.offset(buffer) + (stream.moved[port] << 2);
    int count = Dsp.loadU16(in, Frame.LENGTH) / bytes;
    PartialSums.add(in, Frame.PAYLOAD, bytes, memory.array(buffer), to, count);
    stream.moved[port] += count;
    stream.at(port).release();
  }

  /** Sends the next {@code count} sums. */
  private void pack(int port, int bytes, int count) {
    byte[] out = stream.at(port).outgoing();
    int buffer = field(Op.Reduce.BUFFER);
    int at = Memory.offset(buffer) + (stream.here << 2);
    PartialSums.pack(memory.array(buffer), at, out, Frame.PAYLOAD, bytes, count);
    stream.here += count;
    stream.send(port, count * bytes);
  }

  /** The stream: the candidates. */
  private boolean merge() {
    int k = request.candidates();
    int from = field(Op.Merge.FROM);
    int to = field(Op.Merge.TO);
    int buffer = field(Op.Merge.SCRATCH);
    byte[] list = memory.array(buffer);
    int at = Memory.offset(buffer) + Noise.scratchBytes();
    for (int port = 0; port < stream.moved.length; port++) {
      while (Stream.has(from, port) && stream.moved[port] < k) {
        int most = (k - stream.moved[port]) * Candidate.BYTES;
        if (!stream.arrived(port, most, Candidate.BYTES)) {
          return false;
        }
        byte[] in = stream.at(port).incoming();
        int count = Dsp.loadU16(in, Frame.LENGTH) / Candidate.BYTES;
        TopK.merge(list, at, k, in, Frame.PAYLOAD, count);
        stream.moved[port] += count;
        stream.at(port).release();
      }
    }
    while (to != Op.NO_PORT && stream.here < k) {
      if (!stream.at(to).ready()) {
        return false;
      }
      int count = Stream.segment(k - stream.here, Frame.MAX_PAYLOAD / Candidate.BYTES);
      stream.copy(list, at + stream.here * Candidate.BYTES, to, count * Candidate.BYTES);
      stream.here += count;
      stream.send(to, count * Candidate.BYTES);
    }
    return true;
  }

  private int rows(int at) {
    return field(at) == Op.ALL ? request.rows : 1;
  }

  private int field(int at) {
    return Dsp.load32(image, op + at);
  }
}
