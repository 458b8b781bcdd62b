package dev.lakebed.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.storage.blob.BlobStore.BlobWriter;
import dev.lakebed.storage.blob.FaultyFileLayer.Fault;
import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.blob.volume.VolumeDirectory;
import dev.lakebed.storage.blob.volume.VolumeUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lets every single call of the file layer fail, once and lastingly, under what requests and starts
 * do. Afterwards what was acknowledged is there, nothing that is named is damaged, nothing that is
 * not named stays, and the store takes writes again.
 */
class FaultInjectionTest {
  private static final Path DATA = Path.of("/data");
  private static final VolumeDirectory DIRECTORY = VolumeDirectory.of(DATA, 0);

  /**
   * The calls of helpers vary a little from run to run: so many runs without a fault are the end.
   */
  private static final int QUIET_RUNS = 3;

  private final RecordedFileLayer prepared = new RecordedFileLayer();
  private final MemoryLedger preparedLedger = new MemoryLedger();
  private final Map<BlobRef, byte[]> preparedNames = new HashMap<>();

  /** One run: the disk, the database, and what it names and has released. */
  private static final class Run {
    private final RecordedFileLayer files;
    private final FaultyFileLayer faulty;
    private final MemoryLedger ledger;
    private final Map<BlobRef, byte[]> named;
    private final Set<BlobRef> released = new HashSet<>();

    Run(
        RecordedFileLayer files,
        FaultyFileLayer faulty,
        MemoryLedger ledger,
        Map<BlobRef, byte[]> named) {
      this.files = files;
      this.faulty = faulty;
      this.ledger = ledger;
      this.named = new HashMap<>(named);
    }

    SegmentedBlobStore open() throws IOException {
      return SegmentedBlobStore.open(
          Blobs.settings(DATA), (ref, descriptor) -> named.containsKey(ref), ledger, faulty);
    }

    void put(SegmentedBlobStore store, int length) throws IOException {
      byte[] bytes = Blobs.bytes(length, length);
      BlobRef ref = Blobs.put(store, bytes, "d");
      named.put(ref, bytes);
      store.confirm(ref);
    }

    /** What the housekeeping does with the rows of released blobs. */
    void remove(SegmentedBlobStore store) {
      released.removeAll(store.remove(released));
    }
  }

  /** What fails. */
  private interface Action {
    void run(Run run, SegmentedBlobStore store) throws IOException;
  }

  @BeforeEach
  void prepare() throws IOException {
    try (SegmentedBlobStore store =
        SegmentedBlobStore.open(Blobs.settings(DATA), Blobs.NONE_NAMED, preparedLedger, prepared)) {
      for (int length : new int[] {1000, 50_000, 40_000, 60_000}) {
        byte[] bytes = Blobs.bytes(length, length);
        BlobRef ref = Blobs.put(store, bytes, "d");
        preparedNames.put(ref, bytes);
        store.confirm(ref);
      }
    }
  }

  private static Stream<Arguments> faults() {
    return Stream.of(Fault.values())
        .flatMap(fault -> Stream.of(Arguments.of(fault, false), Arguments.of(fault, true)));
  }

  private static BlobRef chunk(Run run) {
    return run.named.keySet().stream()
        .filter(ref -> ref.kind() == BlobRef.Kind.CHUNK)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void small_put(Fault fault, boolean lasting) throws IOException {
    everyCall(fault, lasting, (run, store) -> run.put(store, 2000));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void long_put(Fault fault, boolean lasting) throws IOException {
    everyCall(fault, lasting, (run, store) -> run.put(store, 70_000));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void refused_puts(Fault fault, boolean lasting) throws IOException {
    everyCall(
        fault,
        lasting,
        (run, store) -> {
          store.release(Blobs.put(store, Blobs.bytes(1, 2000), "d"));
          store.release(Blobs.put(store, Blobs.bytes(1, 70_000), "d"));
          run.put(store, 3000);
        });
  }

  @ParameterizedTest
  @MethodSource("faults")
  void complete(Fault fault, boolean lasting) throws IOException {
    everyCall(
        fault,
        lasting,
        (run, store) -> {
          List<BlobRef> parts = new ArrayList<>();
          for (int length : new int[] {40_001, 40_002, 3000}) {
            byte[] bytes = Blobs.bytes(length, length);
            BlobRef part = Blobs.put(store, bytes, "d");
            run.named.put(part, bytes);
            parts.add(part);
            store.confirm(part);
          }
          // Completed without its second part.
          run.named.remove(parts.get(1));
          run.released.add(parts.get(1));
          run.remove(store);
        });
  }

  @ParameterizedTest
  @MethodSource("faults")
  void delete(Fault fault, boolean lasting) throws IOException {
    everyCall(
        fault,
        lasting,
        (run, store) -> {
          BlobRef deleted = chunk(run);
          run.named.remove(deleted);
          run.released.add(deleted);
          run.remove(store);
        });
  }

  @ParameterizedTest
  @MethodSource("faults")
  void start(Fault fault, boolean lasting) throws IOException {
    int quiet = 0;
    for (long calls = 0; quiet < QUIET_RUNS; calls++) {
      Run run = crashed(fault, lasting);
      run.faulty.failAfter(calls);
      try {
        run.open().close();
      } catch (IOException refused) {
        assertThat(refused).as("call " + calls).hasMessageMatching("(?s).+");
      }
      quiet = run.faulty.heal() ? 0 : quiet + 1;
      check(run, "start, call " + calls);
    }
  }

  /** What a crash left: an upload under way and chunks that are not confirmed. */
  private Run crashed(Fault fault, boolean lasting) throws IOException {
    Run run = run(fault, lasting);
    try (SegmentedBlobStore store = run.open()) {
      byte[] bytes = Blobs.bytes(7, 45_000);
      run.named.put(Blobs.put(store, bytes, "d"), bytes);
      Blobs.put(store, bytes, "not named");
      Blobs.put(store, Blobs.bytes(8, 500), "not named");
      try (BlobWriter open = store.begin(-1)) {
        open.write(bytes, 0, bytes.length);
        RecordedFileLayer image = run.files.copy();
        return new Run(
            image, new FaultyFileLayer(image, fault, lasting), run.ledger.copy(), run.named);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("faults")
  void first_start(Fault fault, boolean lasting) throws IOException {
    int quiet = 0;
    // Making 256 directories is the same call again and again.
    for (long calls = 0; quiet < QUIET_RUNS; calls += calls > 20 && calls < 500 ? 37 : 1) {
      RecordedFileLayer files = new RecordedFileLayer();
      Run run =
          new Run(files, new FaultyFileLayer(files, fault, lasting), new MemoryLedger(), Map.of());
      run.faulty.failAfter(calls);
      try {
        run.open().close();
      } catch (IOException refused) {
        assertThat(refused).as("call " + calls).hasMessageMatching("(?s).+");
      }
      quiet = run.faulty.heal() ? 0 : quiet + 1;
      check(run, "first start, call " + calls);
    }
  }

  private Run run(Fault fault, boolean lasting) {
    RecordedFileLayer files = prepared.copy();
    return new Run(
        files, new FaultyFileLayer(files, fault, lasting), preparedLedger.copy(), preparedNames);
  }

  private void everyCall(Fault fault, boolean lasting, Action action) throws IOException {
    int quiet = 0;
    for (long calls = 0; quiet < QUIET_RUNS; calls++) {
      Run run = run(fault, lasting);
      String where = "call " + calls;
      try (SegmentedBlobStore store = run.open()) {
        run.faulty.failAfter(calls);
        try {
          action.run(run, store);
        } catch (IOException refused) {
          assertThat(refused).as(where).isInstanceOf(VolumeUnavailableException.class);
        }
        quiet = run.faulty.heal() ? 0 : quiet + 1;
        assertReadable(run, store, where);
        run.put(store, 1500);
        run.put(store, 55_000);
      }
      check(run, where);
    }
  }

  private static void assertReadable(Run run, SegmentedBlobStore store, String where)
      throws IOException {
    for (Map.Entry<BlobRef, byte[]> blob : run.named.entrySet()) {
      assertThat(Blobs.get(store, blob.getKey())).as(where).isEqualTo(blob.getValue());
    }
  }

  /** The next start finds all that is named, whole, and nothing else. */
  private static void check(Run run, String where) throws IOException {
    try (SegmentedBlobStore store = run.open()) {
      assertReadable(run, store, where);
      run.put(store, 1700);
      run.put(store, 57_000);
      run.remove(store);
      assertReadable(run, store, where);
      assertThat(run.released).as(where).isEmpty();
      assertThat(run.files.list(DIRECTORY.incoming())).as(where).isEmpty();
      assertThat(chunks(run.files)).as(where).isEqualTo(namedChunks(run));
    }
  }

  private static Set<Long> namedChunks(Run run) {
    Set<Long> named = new HashSet<>();
    for (BlobRef ref : run.named.keySet()) {
      if (ref.kind() == BlobRef.Kind.CHUNK) {
        named.add(ref.file());
      }
    }
    return named;
  }

  private static Set<Long> chunks(RecordedFileLayer files) {
    Set<Long> found = new HashSet<>();
    for (int low = 0; low < VolumeDirectory.FANOUT; low++) {
      for (String name : files.list(DIRECTORY.chunks(low))) {
        Optional<Long> number = VolumeDirectory.number(name);
        number.ifPresent(found::add);
      }
    }
    return found;
  }
}
