package dunlin.host.rig;

import dunlin.boards.Uid;

/**
 * What was found at a serial port.
 *
 * @param port selects it: {@code VID:PID:SERIAL}, or its path
 * @param what answers there, for people
 * @param rank that a node gave; null where none did
 * @param uid of the microcontroller; null where it is not known
 */
public record FoundBoard(String port, String what, Integer rank, Uid uid) {}
