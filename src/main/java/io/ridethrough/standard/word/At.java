package io.ridethrough.standard.word;

import io.ridethrough.contract.Site;
import io.ridethrough.contract.Standard;

/** Where something is declared, and beside what. */
record At(Site site, Standard standard) {}
