package dunlin.host.run;

import dunlin.boards.Refusal;
import dunlin.boards.Uid;
import dunlin.firmware.FlashAnswer;
import dunlin.firmware.Frame;
import dunlin.kernels.Dsp;
import java.util.List;

/**
 * What a node says of its board and its flash.
 *
 * @param board type of the board: {@link dunlin.boards.BoardType#id}
 * @param unit bytes that are programmed at once
 * @param bytes of flash for an image
 * @param sectorBytes of the sector that was asked for
 * @param fault {@link dunlin.firmware.Fault} code of the image in use; 0 for a good one
 * @param faultDetail the fault's detail
 * @param uid of its microcontroller
 */
public record FlashDescription(
    int board, int unit, int bytes, int sectorBytes, int fault, int faultDetail, Uid uid) {

  /** What is wrong with the image in use, in words; only where something is. */
  public Refusal refusal() {
    return FaultWords.refusal(fault, faultDetail);
  }

  /** Reads a {@link FlashAnswer}. */
  static FlashDescription read(byte[] frame) {
    int at = Frame.PAYLOAD;
    return new FlashDescription(
        Dsp.loadU16(frame, at + FlashAnswer.BOARD),
        Dsp.loadU16(frame, at + FlashAnswer.UNIT),
        Dsp.load32(frame, at + FlashAnswer.FLASH_BYTES),
        Dsp.load32(frame, at + FlashAnswer.SECTOR_BYTES),
        Dsp.load32(frame, at + FlashAnswer.IMAGE_FAULT),
        Dsp.load32(frame, at + FlashAnswer.IMAGE_DETAIL),
        Uid.of(
            List.of(
                Dsp.load32(frame, at + FlashAnswer.UID),
                Dsp.load32(frame, at + FlashAnswer.UID + 4),
                Dsp.load32(frame, at + FlashAnswer.UID + 8))));
  }
}
