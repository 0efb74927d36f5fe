package dunlin.host.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dunlin.firmware.Frame;
import dunlin.firmware.Status;
import dunlin.kernels.Dsp;

/**
 * How a link has fared as one of its ends saw it, since that node booted. Counts have 32 bits.
 *
 * @param rank of the node
 * @param port of the node
 * @param framesSent each once
 * @param framesReceived and taken
 * @param framesResent since they, or their acknowledgements, were lost
 * @param crcErrors how often bytes that came were no frame
 * @param portErrors overruns, framing, noise and parity
 * @param bytesSent all of them
 * @param bytesReceived all of them
 * @param uptimeMillis since the node booted, by its clock
 */
public record LinkStatus(
    int rank,
    int port,
    long framesSent,
    long framesReceived,
    long framesResent,
    long crcErrors,
    long portErrors,
    long bytesSent,
    long bytesReceived,
    @JsonIgnore long uptimeMillis) {

  /** Reads a STATUS frame. */
  static LinkStatus read(byte[] frame) {
    return new LinkStatus(
        Dsp.loadU16(frame, Frame.PAYLOAD + Status.RANK),
        Dsp.loadU16(frame, Frame.PAYLOAD + Status.PORT),
        count(frame, Status.SENT),
        count(frame, Status.RECEIVED),
        count(frame, Status.RESENT),
        count(frame, Status.DAMAGED),
        count(frame, Status.ERRORS),
        count(frame, Status.BYTES_SENT),
        count(frame, Status.BYTES_RECEIVED),
        count(frame, Status.UPTIME));
  }

  private static long count(byte[] frame, int field) {
    return Dsp.load32(frame, Frame.PAYLOAD + field) & 0xffffffffL;
  }
}
