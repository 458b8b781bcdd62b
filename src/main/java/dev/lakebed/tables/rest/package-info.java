/**
 * The REST and JSON form of S3 Tables: which operation a request means, its parameters and names,
 * each parsed once; JSON bodies; the error catalogue.
 */
@NullMarked
package dev.lakebed.tables.rest;

import org.jspecify.annotations.NullMarked;
