/** Clients that others wrote, run against one server: Iceberg, boto3 and the aws command. */
@org.jspecify.annotations.NullMarked
package dev.lakebed.clients;
