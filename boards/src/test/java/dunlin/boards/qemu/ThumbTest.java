package dunlin.boards.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Encodings as GNU's assembler writes them. */
class ThumbTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "'ldr r1, [pc, #4]', 4901, 1",
    "'ldrsb r1, [r2, r3]', 56d1, 1",
    "'strb r1, [r2, r3]', 54d1, 0",
    "'ldrsh r1, [r2, r3]', 5ed1, 1",
    "'str r1, [r2, #4]', 6051, 0",
    "'ldrb r1, [r2, #4]', 7911, 1",
    "'ldrh r1, [r2, #4]', 8891, 1",
    "'ldr r1, [sp, #4]', 9901, 1",
    "'pop {r4, r5, pc}', bd30, 3",
    "'push {r4, r5, lr}', b530, 0",
    "'cbnz r1, 0', b901, 0",
    "'ldm r1!, {r2, r3}', c90c, 2",
    "'stm r1!, {r2, r3}', c10c, 0",
    "'adds r1, r2, r3', 18d1, 0",
    "'ldmia.w sp!, {r4, r8, pc}', e8bd 8110, 3",
    "'stmdb sp!, {r4, r8, lr}', e92d 4110, 0",
    "'ldrd r2, r3, [r1, #8]', e9d1 2302, 2",
    "'strd r2, r3, [r1, #8]', e9c1 2302, 0",
    "'ldrex r2, [r1]', e851 2f00, 1",
    "'tbb [pc, r1]', e8df f001, 1",
    "'ldr.w r2, [r1, #4]!', f851 2f04, 1",
    "'ldrsh.w r2, [r1, #4]', f9b1 2004, 1",
    "'strb.w r2, [r1, #4]!', f801 2f04, 0",
    "'smlad r1, r2, r3, r4', fb22 4103, 0",
    "'sxtb16 r1, r2', fa2f f182, 0",
    "'bl 0', f7ff fffe, 0",
    "'vldrb.8 q1, [r3], #16', ecb3 3e10, 4",
    "'vldrh.16 q0, [r5], #16', ecb5 1e88, 4",
    "'vldrb.s16 q1, [r3], #8', ecb3 2e88, 2",
    "'vldrb.s32 q1, [r3]', ed93 2f00, 1",
    "'vldrh.s32 q1, [r3]', ed9b 2f00, 2",
    "'vstrw.32 q1, [r3]', ed83 3f00, 0",
    "'vmladava.s8 r2, q0, q1', eef0 2f22, 0",
    "'vldr d6, [r1]', ed91 6b00, 2",
    "'vldmia sp!, {d8-d9}', ecbd 8b04, 4",
    "'wlstp.8 lr, r7, 0', f007 c001, 0",
    "'letp lr, 0', f01f c001, 0",
  })
  void shouldKnowWhatAnInstructionLoads(String instruction, String code, int words) {
    String[] halfwords = code.split(" ", -1);
    int first = Integer.parseInt(halfwords[0], 16);
    int second = halfwords.length > 1 ? Integer.parseInt(halfwords[1], 16) : 0;
    assertEquals(halfwords.length, Thumb.halfwords(first), instruction);
    assertEquals(words, Thumb.loads(first, second), instruction);
  }
}
