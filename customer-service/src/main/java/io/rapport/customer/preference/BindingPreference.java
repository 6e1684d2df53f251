package io.rapport.customer.preference;

import io.rapport.customer.Channel;
import io.rapport.customer.profile.Preference;
import io.rapport.customer.profile.PreferenceKind;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The preferences by which we are bound when we turn to a customer, and what their values are. */
enum BindingPreference {
    CONTACT_RHYTHM("contact-rhythm", ContactRhythm.RULE) {
        @Override
        boolean takes(Object value) {
            return ContactRhythm.of(value).isPresent();
        }

        @Override
        double leniency(Preference preference) {
            return ContactRhythm.of(preference).aDay();
        }
    },
    QUIET_HOURS("quiet-hours", QuietHours.RULE) {
        @Override
        boolean takes(Object value) {
            return QuietHours.of(value).isPresent();
        }

        @Override
        double leniency(Preference preference) {
            return -QuietHours.of(preference).minutes();
        }
    },
    AVOIDED_CHANNELS("avoided-channels", BindingPreference.CHANNELS) {
        @Override
        boolean takes(Object value) {
            return areChannels(value);
        }

        @Override
        double leniency(Preference preference) {
            return -channels(preference);
        }
    },
    PREFERRED_CHANNELS("preferred-channels", BindingPreference.CHANNELS) {
        @Override
        boolean takes(Object value) {
            return areChannels(value);
        }

        @Override
        double leniency(Preference preference) {
            return channels(preference);
        }
    };

    private static final String CHANNELS =
            "must be a list of channels, each once, as in [\"EMAIL\"]";

    final String key;
    private final String rule;

    BindingPreference(String key, String rule) {
        this.key = key;
        this.rule = rule;
    }

    abstract boolean takes(Object value);

    /** Of several that hold, which come from several members, the least is the strictest. */
    abstract double leniency(Preference preference);

    /**
     * First the strictest of those that were learnt in the way that holds; the newest of equals.
     */
    List<Preference> ranked(List<Preference> known) {
        return known.stream()
                .sorted(
                        Comparator.comparing(Preference::learnt, Comparator.reverseOrder())
                                .thenComparingDouble(this::leniency))
                .toList();
    }

    static Optional<BindingPreference> of(String key) {
        return Arrays.stream(values()).filter(one -> one.key.equals(key)).findFirst();
    }

    /** Refuses a value that is not what the key asks for. */
    void require(PreferenceKind kind, Object value) {
        if (kind != PreferenceKind.PREFERENCE) {
            throw wrong("/kind", "must be PREFERENCE for this key");
        }
        if (!takes(value)) {
            throw wrong("/value", rule);
        }
    }

    static Refusal wrong(String pointer, String reason) {
        return Refusal.invalid(
                "invalid-fields",
                "Some fields are not as they must be.",
                new FieldError(pointer, reason));
    }

    private static int channels(Preference preference) {
        return preference.value() instanceof List<?> list ? list.size() : 0;
    }

    private static boolean areChannels(Object value) {
        return value instanceof List<?> list
                && !list.isEmpty()
                && list.stream().distinct().count() == list.size()
                && list.stream().allMatch(BindingPreference::isChannel);
    }

    private static boolean isChannel(Object name) {
        return Arrays.stream(Channel.values()).anyMatch(channel -> channel.name().equals(name));
    }
}
