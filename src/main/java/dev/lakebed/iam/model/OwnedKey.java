package dev.lakebed.iam.model;

/** An access key and whose it is. */
public record OwnedKey(AccessKey key, User owner) {}
