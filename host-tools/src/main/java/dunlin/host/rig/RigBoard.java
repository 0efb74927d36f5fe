package dunlin.host.rig;

import com.fasterxml.jackson.annotation.JsonProperty;
import dunlin.boards.Uid;

/**
 * One board of a rig.
 *
 * @param rank its node's; the host talks to rank 0
 * @param type name of its type
 * @param uid its microcontroller; null where that is not known yet
 */
public record RigBoard(
    @JsonProperty(required = true) int rank, @JsonProperty(required = true) String type, Uid uid) {}
