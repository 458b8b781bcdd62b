package dev.lakebed.front.servlet;

import dev.lakebed.front.Front;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The JAX-RS filter and resources, which get their collaborators once. */
public final class JaxRsComponents {
  private final Set<Object> all;

  /**
   * Makes them.
   *
   * @param watched whether every connection has to have passed the hook
   */
  public JaxRsComponents(Front front, BooleanSupplier watched) {
    this.all = Set.of(new AdmissionFilter(front, watched), new ServiceResource(front));
  }

  Set<Object> all() {
    return all;
  }
}
