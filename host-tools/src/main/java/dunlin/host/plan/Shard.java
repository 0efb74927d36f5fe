package dunlin.host.plan;

/**
 * What of a model one node holds. Nothing is duplicated: the shards of a plan are disjoint and
 * together the whole model.
 *
 * @param kvGroups KV heads, each with its query heads and their rows of the output projection
 * @param hidden columns of the feed-forward
 * @param vocabulary rows of the embedding and of the head
 */
public record Shard(Slice kvGroups, Slice hidden, Slice vocabulary) {}
