/**
 * The REST and JSON form of S3 Tables: which operation a request means, its parameters, what they
 * name; JSON bodies; the error catalogue.
 */
@NullMarked
package dev.lakebed.tables.rest;

import org.jspecify.annotations.NullMarked;
