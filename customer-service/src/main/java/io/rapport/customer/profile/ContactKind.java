package io.rapport.customer.profile;

import java.util.Optional;

/** By what a customer can be reached. */
public enum ContactKind {
    EMAIL("must be an e-mail address, as in ada@example.org") {
        @Override
        public Optional<String> normalised(String value) {
            return EmailAddress.normalised(value);
        }
    },
    PHONE("must be a phone number that exists, in its international form, as in +44 20 7946 0958") {
        @Override
        public Optional<String> normalised(String value) {
            return PhoneNumber.normalised(value);
        }
    },
    /** Has no value, but a postal address. */
    ADDRESS("must be absent: a postal address stands in address") {
        @Override
        public Optional<String> normalised(String value) {
            return Optional.empty();
        }
    },
    /** A name in a network, such as a social one. */
    HANDLE("must be there") {
        @Override
        public Optional<String> normalised(String value) {
            return Optional.of(value.strip());
        }
    };

    /** What is wrong with a value that cannot be normalised. */
    final String rule;

    ContactKind(String rule) {
        this.rule = rule;
    }

    /** The one form in which a value of this kind is kept; empty when it is none. */
    public abstract Optional<String> normalised(String value);
}
