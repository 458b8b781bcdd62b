package dev.lakebed.iam.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The links of a chain, those of tokens that earlier versions made included. */
class ChainLinkTest {
  private static final String ROLE = "arn:aws:iam::000000000000:role/r";
  private static final Instant BEGAN = Instant.ofEpochSecond(1_800_000_000);

  @Test
  void what_is_written_comes_back() {
    ChainLink link =
        new ChainLink(
            Optional.of(ROLE), Optional.of("ASIA1"), Optional.of(BEGAN), Optional.of("AROA1"));
    assertThat(link).hasToString(ROLE + " ASIA1 1800000000 AROA1");
    assertThat(ChainLink.parse(link.toString())).isEqualTo(link);
    ChainLink user =
        new ChainLink(Optional.empty(), Optional.of("ASIA1"), Optional.of(BEGAN), Optional.empty());
    assertThat(ChainLink.parse(user.toString())).isEqualTo(user);
  }

  @Test
  void links_of_earlier_versions_are_still_read() {
    assertThat(ChainLink.parse(ROLE))
        .isEqualTo(
            new ChainLink(Optional.of(ROLE), Optional.empty(), Optional.empty(), Optional.empty()));
    assertThat(ChainLink.parse(ROLE + " ASIA1 1800000000"))
        .isEqualTo(
            new ChainLink(
                Optional.of(ROLE), Optional.of("ASIA1"), Optional.of(BEGAN), Optional.empty()));
  }
}
