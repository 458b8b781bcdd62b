package dev.lakebed.policy;

import java.util.List;
import java.util.Optional;

/** Whether an address lies in one of the ranges. */
record AddressTest(List<Cidr> ranges) implements ValueTest {
  AddressTest {
    ranges = List.copyOf(ranges);
  }

  static AddressTest compile(List<Node.Text> texts) {
    return new AddressTest(
        texts.stream()
            .map(
                text ->
                    Cidr.parse(text.value())
                        .orElseThrow(
                            () ->
                                text.error(
                                    Quoted.of(text.value()) + " is not an IP address or range")))
            .toList());
  }

  @Override
  public Outcome test(String actual, Keys keys) {
    Optional<byte[]> address = Cidr.address(actual);
    if (address.isEmpty()) {
      return Outcome.UNREADABLE;
    }
    return Outcome.of(ranges.stream().anyMatch(range -> range.contains(address.get())));
  }
}
