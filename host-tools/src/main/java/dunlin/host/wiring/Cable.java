package dunlin.host.wiring;

import dunlin.host.plan.LinkKind;
import java.util.List;

/**
 * The wires of one link.
 *
 * @param above rank of its end towards the host, or {@link Pin#HOST}
 * @param below rank of its other end
 * @param rate bits a second
 */
public record Cable(int above, int below, LinkKind kind, int rate, List<Wire> wires) {}
