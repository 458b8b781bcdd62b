package dev.lakebed.task;

import java.util.Optional;

/**
 * Whom a request counts for when what many share is shared out.
 *
 * @param network name of the network of its address; empty when that stands for many clients
 * @param accessKey the key that signed it; empty until the signature was verified
 */
public record Client(Optional<String> network, Optional<String> accessKey) {}
