/**
 * From class files to firmware: TeaVM turns Java into C, gcc turns C into machine code, and the
 * board's file becomes a linker script, a vector table and a table of settings. {@link
 * dunlin.boards.aot.FirmwareBuild} is the way in.
 */
package dunlin.boards.aot;
