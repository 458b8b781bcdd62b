package dev.lakebed.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Message;
import dev.lakebed.support.Way;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The build runs this package twice; without this the second run could be the first again. */
class WayIT {
  @RegisterExtension private final Attack attack = new Attack();

  @Test
  void the_server_takes_the_way_of_this_run() throws IOException {
    Message put = attack.signed(attack.put("/attacked/way", "never sent"));
    assertThat(Way.taken(attack.target().process().pid(), attack.endpoint(), put.head()))
        .isEqualTo(Way.ofThisRun());
  }
}
