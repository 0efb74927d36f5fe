package dunlin.host.run;

import dunlin.firmware.Frame;
import dunlin.firmware.Hello;
import dunlin.kernels.Dsp;
import java.util.List;

/**
 * What a node says of itself.
 *
 * @param protocol protocol version
 * @param firmware firmware version
 * @param fault {@link dunlin.firmware.Fault} code of its image; 0 for a good one
 * @param faultDetail the fault's detail
 * @param rank rank of its image
 * @param nodes nodes of its plan
 * @param modelHash hash of its model
 * @param planHash hash of its plan
 * @param imageCrc CRC-32 of its image's body
 * @param maxRows most rows of a pass
 * @param context positions of its caches
 * @param vocabulary tokens
 * @param uid the MCU's unique identifier
 */
public record NodeIdentity(
    int protocol,
    int firmware,
    int fault,
    int faultDetail,
    int rank,
    int nodes,
    long modelHash,
    long planHash,
    int imageCrc,
    int maxRows,
    int context,
    int vocabulary,
    List<Integer> uid) {

  /** Reads a HELLO frame. */
  static NodeIdentity read(byte[] frame) {
    int at = Frame.PAYLOAD;
    return new NodeIdentity(
        Dsp.load32(frame, at + Hello.PROTOCOL),
        Dsp.load32(frame, at + Hello.FIRMWARE),
        Dsp.load32(frame, at + Hello.FAULT),
        Dsp.load32(frame, at + Hello.DETAIL),
        Dsp.loadU16(frame, at + Hello.RANK),
        Dsp.loadU16(frame, at + Hello.NODES),
        load64(frame, at + Hello.MODEL_HASH),
        load64(frame, at + Hello.PLAN_HASH),
        Dsp.load32(frame, at + Hello.IMAGE_CRC),
        Dsp.load32(frame, at + Hello.MAX_ROWS),
        Dsp.load32(frame, at + Hello.CONTEXT),
        Dsp.load32(frame, at + Hello.VOCABULARY),
        List.of(
            Dsp.load32(frame, at + Hello.UID),
            Dsp.load32(frame, at + Hello.UID + 4),
            Dsp.load32(frame, at + Hello.UID + 8)));
  }

  private static long load64(byte[] frame, int at) {
    return (Dsp.load32(frame, at) & 0xffffffffL) | (long) Dsp.load32(frame, at + 4) << 32;
  }
}
