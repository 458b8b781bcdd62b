package dev.lakebed.storage.metadata.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.storage.blob.volume.VolumeLedger;
import dev.lakebed.storage.blob.volume.VolumeLedger.Entry;
import dev.lakebed.storage.blob.volume.VolumeLedger.Opening;
import dev.lakebed.storage.metadata.TestStores;
import dev.lakebed.storage.metadata.postgres.EmbeddedPostgres;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A database belongs to one volume and knows how often it was opened. */
class VolumesTest {
  private static final UUID VOLUME = UUID.randomUUID();

  private static Opening opening(UUID volume, int found) {
    return new Opening(volume, found, found + 1, UUID.randomUUID());
  }

  @Test
  void a_database_takes_one_volume_and_every_opening_once() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(TestStores.directory());
        MetadataStore store = MetadataStore.open(TestStores.settings(server))) {
      VolumeLedger ledger = store.volumes();
      assertThat(ledger.volumes()).isEmpty();
      assertThat(ledger.announce(opening(VOLUME, 1))).as("a volume not made here").isFalse();
      Opening first = opening(VOLUME, 0);
      assertThat(ledger.announce(first)).isTrue();
      assertThat(ledger.announce(opening(UUID.randomUUID(), 0))).as("a second one").isFalse();
      assertThat(ledger.volumes()).containsExactly(new Entry(VOLUME, 0, 1));

      Opening again = opening(VOLUME, 0);
      assertThat(ledger.announce(again)).as("a start after a crash").isTrue();
      assertThat(ledger.opened(first)).as("overtaken").isFalse();
      assertThat(ledger.opened(again)).isTrue();
      assertThat(ledger.volumes()).isEqualTo(List.of(new Entry(VOLUME, 1, 1)));

      assertThat(ledger.announce(opening(VOLUME, 2))).as("a newer copy").isFalse();
      assertThat(ledger.announce(opening(VOLUME, 1))).isTrue();
      assertThat(ledger.announce(opening(VOLUME, 2))).as("cut off behind the file").isTrue();
      assertThat(ledger.volumes()).containsExactly(new Entry(VOLUME, 2, 3));
      assertThat(ledger.announce(opening(VOLUME, 1))).as("an older copy").isFalse();
    }
  }
}
