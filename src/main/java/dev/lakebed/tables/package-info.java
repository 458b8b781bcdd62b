/**
 * The S3 Tables protocol: which operation a request means and what it names, the operations, JSON
 * bodies, the error catalogue; and what S3 asks about managed tables.
 */
@NullMarked
package dev.lakebed.tables;

import org.jspecify.annotations.NullMarked;
