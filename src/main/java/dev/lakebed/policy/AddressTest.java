package dev.lakebed.policy;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Whether an address lies in one of the ranges. */
record AddressTest(List<AddressRange> ranges) implements ValueTest {
  private static final int READING = 2048;
  private static final int COMPARING = 32;

  AddressTest {
    ranges = List.copyOf(ranges);
  }

  static AddressTest compile(List<Node.Text> texts) {
    return new AddressTest(
        texts.stream()
            .map(
                text ->
                    AddressRange.of(text.value())
                        .orElseThrow(
                            () ->
                                text.error(
                                    Quoted.of(text.value()) + " is not an IP address or range")))
            .toList());
  }

  @Override
  public Outcome test(String actual, Keys keys) {
    keys.effort().spend(READING + (long) COMPARING * ranges.size());
    Optional<InetAddress> address = AddressRange.address(actual);
    if (address.isEmpty()) {
      return Outcome.UNREADABLE;
    }
    return Outcome.of(ranges.stream().anyMatch(range -> range.contains(address.get())));
  }
}
