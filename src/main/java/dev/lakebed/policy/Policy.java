package dev.lakebed.policy;

/** A parsed policy document with the name it is known by. */
public interface Policy {
  /** Name for reasons and logs. */
  String name();
}
