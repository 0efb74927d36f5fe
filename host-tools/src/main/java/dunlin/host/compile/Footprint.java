package dunlin.host.compile;

import dunlin.host.plan.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a node takes of its board, whether or not the board has so much.
 *
 * @param rank the node
 * @param member its board and its shard
 * @param flash its image
 * @param residency where its weights are during a pass
 * @param tiling how much of an encoder's activations is there at a time; nothing of a decoder
 * @param ram its buffers, by region
 * @param ports those that are wired, the console's included
 * @param ringBytes receive queues of those ports: a part of the firmware's RAM, not of {@code ram}
 */
public record Footprint(
    int rank,
    Member member,
    Flash flash,
    Residency residency,
    Optional<Tiling> tiling,
    List<Ram> ram,
    int ports,
    int ringBytes) {

  /**
   * An image, in bytes.
   *
   * @param program header and program
   * @param weights int8 weights as they are laid out
   * @param tables all else: multipliers, gains, look-up tables
   * @param room what the board has for it
   */
  public record Flash(long program, long weights, long tables, long room) {
    /** The whole image. */
    public long bytes() {
      return program + weights + tables;
    }
  }

  /**
   * A RAM region, in bytes.
   *
   * @param region its name
   * @param cache KV caches
   * @param buffers all else, and what alignment costs
   * @param room what the board has beside its firmware
   */
  public record Ram(String region, long cache, long buffers, long room) {
    /** What the node reserves. */
    public long bytes() {
      return cache + buffers;
    }
  }

  /**
   * Memory of which there is too little.
   *
   * @param memory a RAM region's name, or flash
   * @param bytes what the node takes
   * @param room what there is
   */
  public record Shortage(String memory, long bytes, long room) {
    /** How much is missing. */
    public long missing() {
      return bytes - room;
    }
  }

  /** What does not fit; nothing for a node that fits its board. */
  public List<Shortage> shortages() {
    List<Shortage> shortages = new ArrayList<>();
    if (flash.bytes() > flash.room()) {
      shortages.add(new Shortage("flash", flash.bytes(), flash.room()));
    }
    for (Ram region : ram) {
      if (region.bytes() > region.room()) {
        shortages.add(new Shortage(region.region(), region.bytes(), region.room()));
      }
    }
    return shortages;
  }
}
