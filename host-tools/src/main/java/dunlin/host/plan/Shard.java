package dunlin.host.plan;

/**
 * What of a model one node holds. Nothing is duplicated: the shards of a plan are disjoint and
 * together the whole model.
 *
 * @param layers blocks of the node's pipeline stage: all, where there is one stage
 * @param kvGroups KV heads of those blocks, each with its query heads and their rows of the output
 *     projection
 * @param hidden columns of the feed-forward of those blocks
 * @param vocabulary rows of the embedding and of the head
 */
public record Shard(Slice layers, Slice kvGroups, Slice hidden, Slice vocabulary) {}
