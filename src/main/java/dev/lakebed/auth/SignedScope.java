package dev.lakebed.auth;

/**
 * What a signature is good for.
 *
 * @param region as the client wrote it
 * @param service for example {@code s3}
 */
public record SignedScope(String region, String service) {}
