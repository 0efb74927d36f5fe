package dunlin.host.compile;

import dunlin.host.plan.Shard;

/** The kinds of slice in a shard: which nodes a collective concerns. */
enum Shards {
  ATTENTION,
  HIDDEN,
  VOCABULARY;

  /** Whether a shard has any of this kind. */
  boolean in(Shard shard) {
    return switch (this) {
      case ATTENTION -> shard.kvGroups().count() > 0;
      case HIDDEN -> shard.hidden().count() > 0;
      case VOCABULARY -> shard.vocabulary().count() > 0;
    };
  }
}
