package io.rapport.customer.profile;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * By which rules a member adds its values to a survivor: those that are asked for, and of its
 * custom attributes those that their definitions have at the time of the merge.
 */
@ApplicationScoped
public class MergeRules {

    private final AttributeRows attributes;
    private final CustomerAttributes definitions;

    MergeRules(AttributeRows attributes, CustomerAttributes definitions) {
        this.attributes = attributes;
        this.definitions = definitions;
    }

    /** By pointer; 400 for a rule of an attribute that is not defined. */
    public Map<String, MergeRule> of(Customer member, Map<String, MergeRule> asked) {
        definitions.requireNames(attributes(asked));
        Map<String, MergeRule> rules = new HashMap<>();
        Set<String> names = member.profile().attributes().keySet();
        defined(names)
                .forEach(one -> rules.put(CustomerAttributes.pointer(one.name()), one.mergeRule()));
        rules.putAll(asked);
        return rules;
    }

    private Collection<DefinedAttribute> defined(Set<String> names) {
        return names.isEmpty() ? List.of() : attributes.find(names).values();
    }

    private static Set<String> attributes(Map<String, MergeRule> asked) {
        return asked.keySet().stream()
                .filter(Contents::isAttribute)
                .map(pointer -> pointer.substring(Contents.ATTRIBUTES.length() + 1))
                .collect(Collectors.toSet());
    }
}
