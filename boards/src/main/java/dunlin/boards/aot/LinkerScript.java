package dunlin.boards.aot;

import dunlin.boards.BoardType;
import dunlin.boards.Chip;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Where things lie, for ld.
 *
 * <pre>
 * flash   vectors, code, constants, classes, settings, first values of statics …
 *         … the image's array header: its last byte is the one before the image
 *         (image, flashed on its own)
 * RAM     statics
 *         the node's buffers, with an array's header
 *         heap: objects made at boot
 *         stack, growing down from the end
 * </pre>
 *
 * Classes are constant once nothing initialises them at run time, so they stay in flash. An array
 * in flash is one to Java: three words in front of its elements say its class, hash and length. The
 * top bit of the first keeps TeaVM's hands off it.
 */
final class LinkerScript {
  /** Words before an array's elements. */
  static final int ARRAY_HEADER_BYTES = 12;

  private LinkerScript() {}

  static String of(BoardType board, int[] settings) {
    Chip chip = board.chip();
    return """
        ENTRY(dunlin_reset)
        MEMORY {
          FLASH (rx) : ORIGIN = %#x, LENGTH = %d
          RAM (rw) : ORIGIN = %#x, LENGTH = %d
        }
        SECTIONS {
          .text : {
            KEEP(*(.vectors))
            *(.text .text.*)
            *(.rodata .rodata.*)
            . = ALIGN(8);
            dunlin_classes = .;
            *(.data.*_Cls)
          } > FLASH
          .settings : ALIGN(4) {
            dunlin_settings_array = .;
            LONG(((Arr_I_Cls - dunlin_classes + 4096) >> 3) | 0x80000000) LONG(0) LONG(%d)
        %s
          } > FLASH
          .noinit (NOLOAD) : { *(.noinit) } > RAM
          .data : ALIGN(8) {
            dunlin_data_start = .;
            *(.data .data.*)
            . = ALIGN(8);
            dunlin_data_end = .;
          } > RAM AT > FLASH
          dunlin_data_image = LOADADDR(.data);
          .image_array %#x : {
            dunlin_image_array = .;
            LONG(((Arr_B_Cls - dunlin_classes + 4096) >> 3) | 0x80000000) LONG(0) LONG(%d)
          } > FLASH
          .bss (NOLOAD) : ALIGN(8) {
            dunlin_bss_start = .;
            *(.bss .bss.*) *(COMMON)
            . = ALIGN(8);
            dunlin_bss_end = .;
          } > RAM
          .buffers (NOLOAD) : {
            dunlin_ram_array = .;
            . += %d + %d;
          } > RAM
          dunlin_stack_top = ORIGIN(RAM) + LENGTH(RAM);
          dunlin_heap_start = .;
          dunlin_heap_end = dunlin_stack_top - %d;
          ASSERT(dunlin_heap_start < dunlin_heap_end, "the board's file leaves no RAM to the firmware")
          /DISCARD/ : { *(.comment) *(.note*) *(.ARM.exidx*) *(.ARM.attributes) }
        }
        """
        .formatted(
            chip.firmwareFlash().origin(),
            chip.firmwareFlash().bytes(),
            chip.mainRam().origin(),
            chip.mainRam().bytes(),
            settings.length,
            IntStream.of(settings)
                .mapToObj("    LONG(%#x)"::formatted)
                .collect(Collectors.joining("\n")),
            chip.firmwareFlash().end() - ARRAY_HEADER_BYTES,
            board.imageBytes(),
            ARRAY_HEADER_BYTES,
            board.ram().get(0).bytes(),
            chip.stackBytes());
  }
}
