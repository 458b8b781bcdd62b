package dev.lakebed.storage.metadata.object;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lakebed.storage.metadata.KeyBytes;
import dev.lakebed.storage.metadata.object.Objects.CommonPrefix;
import dev.lakebed.storage.metadata.object.Objects.Entry;
import dev.lakebed.storage.metadata.object.Objects.ListQuery;
import dev.lakebed.storage.metadata.object.Objects.Listed;
import dev.lakebed.storage.metadata.object.Objects.Page;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Pages of listings with a delimiter in memory: the database seeks once for each common prefix. A
 * page lies in the folder of its prefix, which ends at the last slash, and holds until a write of
 * any key in that folder begins. Writes are counted by stripes of folders, see {@link WriteCounts}.
 */
final class RolledUpPages {
  /** A folder below belongs to the one at this depth, so that no key has more folders. */
  private static final int DEEPEST = 16;

  private static final int PAGE_BYTES = 400;
  private static final int PREFIX_BYTES = 72;
  private static final int OBJECT_BYTES = 700;

  private final Cache<ListQuery, Kept> pages;
  private final WriteCounts counts = new WriteCounts();
  private final BooleanSupplier inDoubt;

  /** A page and how many writes of its stripe had begun before it was read. */
  private record Kept(Page page, int writes) {}

  /**
   * None at first.
   *
   * @param bytes of memory for pages, about
   * @param inDoubt whether a write may still happen that has ended here
   */
  RolledUpPages(long bytes, BooleanSupplier inDoubt) {
    this.pages =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .weigher((ListQuery query, Kept kept) -> weight(query, kept.page))
            .executor(Runnable::run)
            .build();
    this.inDoubt = inDoubt;
  }

  private static int weight(ListQuery query, Page page) {
    int texts = query.prefix().length() + query.delimiter().length() + query.after().length();
    int weight = PAGE_BYTES + 2 * texts;
    for (Entry entry : page.entries()) {
      weight +=
          switch (entry) {
            case CommonPrefix prefix -> PREFIX_BYTES + 2 * prefix.name().length();
            case Listed object -> OBJECT_BYTES + 2 * object.name().length();
          };
    }
    return weight;
  }

  /** The page: from memory, or from there. */
  Page find(ListQuery query, Supplier<Page> database) {
    if (query.delimiter().isEmpty()) {
      return database.get();
    }
    int[] folders = folders(query.bucket(), KeyBytes.of(query.prefix()));
    int folder = folders[folders.length - 1];
    int begun = counts.begun(folder);
    Kept known = pages.getIfPresent(query);
    if (known != null && known.writes == begun) {
      return known.page;
    }
    boolean quiet = counts.ended(folder, begun);
    Page page = database.get();
    if (quiet && !inDoubt.getAsBoolean()) {
      pages.put(query, new Kept(page, begun));
    }
    return page;
  }

  /** Writes of these keys begin; what {@link #end} is to be told. */
  int[] begin(Collection<ObjectKey> keys) {
    int[] folders =
        keys.stream()
            .flatMapToInt(key -> Arrays.stream(folders(key.bucket(), key.key())))
            .distinct()
            .toArray();
    for (int folder : folders) {
      counts.begin(folder);
    }
    return folders;
  }

  void end(int[] folders) {
    for (int folder : folders) {
      counts.end(folder);
    }
  }

  /** The stripes of the folders that a key, or a prefix, lies in, from the bucket down. */
  private static int[] folders(long bucket, byte[] key) {
    int[] folders = new int[DEEPEST + 1];
    int hash = Long.hashCode(bucket);
    int depth = 0;
    folders[0] = WriteCounts.stripe(hash);
    for (int i = 0; i < key.length && depth < DEEPEST; i++) {
      hash = 31 * hash + key[i];
      if (key[i] == '/') {
        depth++;
        folders[depth] = WriteCounts.stripe(hash);
      }
    }
    return Arrays.copyOf(folders, depth + 1);
  }
}
