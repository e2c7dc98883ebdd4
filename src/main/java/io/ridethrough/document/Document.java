package io.ridethrough.document;

/**
 * One file.
 *
 * @param name its name in the site's folder
 * @param title what it is, for people
 */
public record Document(String name, String title, String text) {}
