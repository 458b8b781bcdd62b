package dev.lakebed.sts.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.support.Evidence;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which addresses may be asked. Blocks: IANA special-purpose registries. */
@Evidence({"attack-27", "attack-64"})
class AddressRulesTest {
  private final AddressRules rules = new AddressRules(List.of("169.254.170.2", "fd00:ec2::254"));

  @ParameterizedTest
  @CsvSource({
    "8.8.8.8, true, true",
    "2606:4700::1111, true, true",
    "10.1.2.3, false, true",
    "172.16.0.1, false, true",
    "172.32.0.1, true, true",
    "192.168.1.1, false, true",
    "127.0.0.1, false, true",
    "100.64.0.1, false, true",
    "::1, false, true",
    "fd12::1, false, true",
    "169.254.169.254, false, false",
    "::ffff:169.254.169.254, false, false",
    "64:ff9b::a9fe:a9fe, false, false",
    "2002:a9fe:a9fe::1, false, false",
    "::127.0.0.1, false, false",
    "::8.8.8.8, false, false",
    "::2, false, false",
    "::ffff:0:127.0.0.1, false, false",
    "64:ff9b:1::7f00:1, false, false",
    "2001:0:53aa:64c:0:0:80ff:fffe, false, false",
    "2606:4700::5efe:7f00:1, false, false",
    "2606:4700::200:5efe:7f00:1, false, false",
    "2606:4700::5eff:7f00:1, true, true",
    "100.100.100.200, false, false",
    "fe80::1, false, false",
    "0.0.0.0, false, false",
    "::, false, false",
    "224.0.0.1, false, false",
    "255.255.255.255, false, false",
    "169.254.170.2, true, true",
    "fd00:ec2::254, true, true"
  })
  void an_address_is_permitted(String address, boolean found, boolean named)
      throws UnknownHostException {
    InetAddress parsed = InetAddress.getByName(address);
    assertThat(rules.permits(parsed, false)).as("a host that was found").isEqualTo(found);
    assertThat(rules.permits(parsed, true)).as("a host of the file").isEqualTo(named);
  }
}
