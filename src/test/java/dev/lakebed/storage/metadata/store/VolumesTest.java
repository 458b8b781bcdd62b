package dev.lakebed.storage.metadata.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.storage.blob.volume.VolumeIdentity;
import dev.lakebed.storage.blob.volume.VolumeLedger;
import dev.lakebed.storage.blob.volume.VolumeLedger.Entry;
import dev.lakebed.storage.blob.volume.VolumeLedger.Opening;
import dev.lakebed.storage.metadata.TestStores;
import dev.lakebed.storage.metadata.postgres.EmbeddedPostgres;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A database belongs to one volume and knows how often it was opened. */
class VolumesTest {
  private static final UUID VOLUME = UUID.randomUUID();

  private static VolumeIdentity unopened(UUID volume) {
    return new VolumeIdentity(volume, 0, VolumeIdentity.NO_NAME);
  }

  private static Opening opening(VolumeIdentity found) {
    return new Opening(
        found, new VolumeIdentity(found.uuid(), found.epoch() + 1, UUID.randomUUID()));
  }

  @Test
  void a_database_takes_one_volume_and_every_opening_once() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(TestStores.directory());
        MetadataStore store = MetadataStore.open(TestStores.settings(server))) {
      VolumeLedger ledger = store.volumes();
      VolumeIdentity none = unopened(VOLUME);
      assertThat(ledger.volumes()).isEmpty();
      assertThat(ledger.announce(opening(opening(none).next())))
          .as("a volume not made here")
          .isFalse();
      Opening first = opening(none);
      assertThat(ledger.announce(first)).isTrue();
      assertThat(ledger.announce(opening(unopened(UUID.randomUUID())))).as("a second").isFalse();
      assertThat(ledger.volumes()).containsExactly(new Entry(none, first.next()));

      Opening again = opening(none);
      assertThat(ledger.announce(again)).as("a start after a crash").isTrue();
      assertThat(ledger.opened(first)).as("overtaken").isFalse();
      assertThat(ledger.opened(again)).isTrue();
      assertThat(ledger.volumes()).containsExactly(new Entry(again.next(), again.next()));

      assertThat(ledger.announce(opening(first.next()))).as("another copy").isFalse();
      Opening second = opening(again.next());
      assertThat(ledger.announce(opening(second.next()))).as("a newer copy").isFalse();
      assertThat(ledger.announce(second)).isTrue();
      Opening third = opening(second.next());
      assertThat(ledger.announce(third)).as("cut off behind the file").isTrue();
      assertThat(ledger.volumes()).containsExactly(new Entry(second.next(), third.next()));
      assertThat(ledger.announce(opening(again.next()))).as("an older copy").isFalse();
    }
  }
}
