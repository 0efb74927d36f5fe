#!/usr/bin/python3
"""Writes short stories for children from the grammar beside this file. A seed makes a story.

    ./stories.py --seed 1 --count 3
"""
import argparse
import functools
import pathlib
import random
import re

GRAMMAR = pathlib.Path(__file__).parent / "grammar"
SEPARATOR = "<|endoftext|>"  # between stories in a text file, as `dunlin evaluate` reads it
TRAINED = 7_000  # the seeds below this one are trained on
HELD_OUT = 1_000_000_000  # seeds from here on never are
WEATHERS = ["sun", "sun", "sun", "rain", "wind", "snow", "mist"]
PRONOUNS = {"he": ("he", "him", "his"), "she": ("she", "her", "her")}
CHILDREN = {"he": "boy", "she": "girl"}
FULL_NAME = {"H": 0.75, "F": 0.75, "h": 0.4, "f": 0.4}  # how often a name is told with the surname
KEPT = {  # drawn once for a story, by these rules
    "family": "family",
    "hobby": "hobby",
    "fhobby": "hobby",
    "wearing": "wearing",
    "fwearing": "wearing",
    "food": "food",
}
CLOSES = {"[": "]", "<": ">", "{": "}"}


class Choice:
    """One way to say something: its text, and the flags that allow it."""

    def __init__(self, line):
        flag = re.match(r"\((!?)(\w+)\)\s*", line)
        self.flag = flag and flag[2]
        self.due = not (flag and flag[1])
        self.text = line[flag.end() :] if flag else line

    def allowed(self, flags):
        return self.flag is None or (self.flag in flags) == self.due


class Plot:
    """Steps, each optional or not, with the choices to tell it; and the flag that allows the plot."""

    def __init__(self, text):
        heading, body = text.split("\n", 1)
        self.name, _, flag = heading.partition(" ")
        self.allowed = Choice(flag).allowed
        self.steps = []
        for step in re.split(r"\n\n+", body.strip()):
            choices = [Choice(line.lstrip("? ")) for line in step.split("\n")]
            self.steps.append((step.startswith("?"), choices))


class Grammar:
    """Word lists and parts by name, and the plots."""

    def __init__(self, folder=GRAMMAR):
        self.rules = {}
        self.plots = []
        self._read_words(folder / "words.txt")
        self._read_parts(folder / "parts.txt")
        self._read_synonyms(folder / "synonyms.txt")
        for file in sorted(folder.glob("plots*.txt")):
            self._read_plots(file)

    def _read_words(self, file):
        text = re.sub(r"\n +", " ", _uncommented(file))
        for line in filter(None, text.split("\n")):
            name, words = line.split(":", 1)
            self.rules[name] = [Choice(word.strip()) for word in split(words)]

    def _read_parts(self, file):
        for part in re.split(r"^= ", _uncommented(file), flags=re.M)[1:]:
            name, *lines = filter(None, part.split("\n"))
            self.rules[name.strip()] = [Choice(line) for line in lines]

    def _read_synonyms(self, file):
        """Words that a line may say in place of its own, and a pattern that finds those of all lines."""
        rows = [row.split(" | ") for row in filter(None, _uncommented(file).split("\n"))]
        self.synonyms = {row[0]: row for row in rows}
        first = sorted(self.synonyms, key=len, reverse=True)
        self.replaceable = re.compile(rf"(?<!\w)({'|'.join(first)})(?= [\w{{<])", re.I)

    def _read_plots(self, file):
        for plot in re.split(r"^== ", _uncommented(file), flags=re.M)[1:]:
            self.plots.append(Plot(plot))


def _uncommented(file):
    return re.sub(r"^#.*\n", "", file.read_text(), flags=re.M)


def split(text, mark="|"):
    """Splits at the marks that stand in no bracket."""
    parts, depth, start = [], 0, 0
    for place, character in enumerate(text):
        depth += (character in "[<{") - (character in "]>}")
        if character == mark and depth == 0:
            parts.append(text[start:place])
            start = place + 1
    return parts + [text[start:]]


def matching(text, place):
    """The place of the bracket that closes the one at ``place``."""
    opens, closes, depth = text[place], CLOSES[text[place]], 0
    for at in range(place, len(text)):
        depth += (text[at] == opens) - (text[at] == closes)
        if depth == 0:
            return at
    raise ValueError(f"unclosed {opens} in: {text}")


class Teller:
    """Tells one story: keeps who, where and what, and which words it has used."""

    def __init__(self, grammar, seed):
        self.grammar = grammar
        self.random = random.Random(seed)
        self.used = {}
        self.state = {}
        self.flags = {self.random.choice(WEATHERS)}

    def tell(self):
        plots = [plot for plot in self.grammar.plots if plot.allowed(self.flags)]
        self._cast()
        lines = []
        for optional, choices in self.random.choice(plots).steps:
            if not optional or self.random.random() < 0.5:
                lines.append(self._line(choices))
        return finished(lines)

    def _line(self, choices):
        allowed = [choice for choice in choices if choice.allowed(self.flags)]
        text = self.random.choice(allowed).text
        return self.expand(self.grammar.replaceable.sub(self._synonym, text))

    def _synonym(self, found):
        words = found[1]
        key = words if words in self.grammar.synonyms else words[0].lower() + words[1:]
        other = self.random.choice(self.grammar.synonyms[key])
        return other[0].upper() + other[1:] if words[0].isupper() else other

    def _cast(self):
        """Hero, friend and elder, who differ in kind; hero and friend differ in pronoun and initial."""
        hero, friend = self.random.sample(["he", "she"], 2)
        self._child_or_animal("hero", "", hero)
        self._child_or_animal("friend", "f", friend)
        state = self.state
        state["look"], state["flook"] = self.draw("hero_look"), self.draw("friend_look")
        animal = self.random.random() < 0.0
        state["E"] = self.draw("animal").split("; ")[0] if animal else self.draw("worker")
        state["elook"] = self.draw("elder_look")
        state["a_elder"] = state["A_elder"] = f"a {state['elook']} {state['E']}"
        for name, rule in KEPT.items():
            state[name] = self.draw(rule)
        state["Home"] = f"{self.draw('home_first')} {self.draw('home_last')}"
        state["p"], state["pp"] = self.draw("place").split("; ")

    def _child_or_animal(self, who, prefix, pronoun):
        self._name(who, pronoun)
        if self.random.random() < 0.25:
            kind, house = CHILDREN[pronoun], self.draw("house")
        else:
            kind, house = self.draw("animal").split("; ")
        self.state[prefix + "kind"], self.state[prefix + "house"] = kind, house
        for role, word in zip(("he", "him", "his"), PRONOUNS[pronoun]):
            self.state[prefix + role] = word
            self.state[(prefix + role).capitalize()] = word.capitalize()

    def _name(self, who, gender):
        first = self.draw(gender + "_name")
        while who == "friend" and first[0] == self.state["h"][0]:
            first = self.draw(gender + "_name")
        letter = who[0]
        self.state[letter] = first
        self.state.setdefault("surname", self.draw("surname"))
        self.state[letter.upper()] = self.state[who] = f"{first} {self.state['surname']}"

    def draw(self, rule):
        """One of a rule's choices, none twice before all were used."""
        choices = [c for c in self.grammar.rules[rule] if self._fits(c)]
        used = self.used.setdefault(rule, set())
        fresh = [choice for choice in choices if choice not in used]
        if not fresh:
            used.clear()
            fresh = choices
        choice = self.random.choice(fresh)
        used.add(choice)
        return self.expand(choice.text)

    def _fits(self, choice):
        """Nobody in a story is of the hero's, friend's or elder's kind."""
        kinds = (self.state.get(who) for who in ("kind", "fkind", "E"))
        return choice.allowed(self.flags) and choice.text.split(";")[0] not in kinds

    def expand(self, text):
        out, place = [], 0
        while place < len(text):
            if text[place] in CLOSES:
                end = matching(text, place)
                out.append(self._bracket(text[place], text[place + 1 : end]))
                place = end + 1
            else:
                out.append(text[place])
                place += 1
        return "".join(out)

    def _bracket(self, opens, inside):
        if opens == "[":
            return self.expand(self.random.choice(split(inside)))
        if opens == "{":
            often = FULL_NAME.get(inside)
            if often:
                inside = inside.upper() if self.random.random() < often else inside.lower()
            return self.state[inside]
        if inside.startswith("+"):
            self.flags.add(inside[1:])
            return ""
        if ":=" not in inside:
            return self.draw(inside)
        silent, name, source = re.fullmatch(r"(!?)(\w+):=(.*)", inside).groups()
        self.state[name] = self.expand(source) if source[0] == "[" else self.draw(source)
        return "" if silent else self.state[name]


def finished(lines):
    """The text: capitals where sentences begin, "an" before vowels, one space between words."""
    text = " ".join(line[:1].upper() + line[1:] for line in map(str.strip, lines) if line)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\b([Aa]) (?=[aeiouAEIOU](?!ni|se)|honest|hour)", r"\1n ", text)
    text = re.sub(r'([.!?] |\." )([a-z])', lambda m: m[1] + m[2].upper(), text)
    parts = text.split('"')  # odd parts are speech
    for number in range(1, len(parts), 2):
        if not parts[number - 1].endswith(", "):
            parts[number] = parts[number][:1].upper() + parts[number][1:]
    return '"'.join(parts)


@functools.cache
def _grammar():
    return Grammar()


def story(seed):
    """The story of a seed."""
    return Teller(_grammar(), seed).tell()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seed", type=int, default=0, help="of the first story")
    parser.add_argument("--count", type=int, default=3)
    parser.add_argument("--held-out", action="store_true", help="from the seeds that are not trained on")
    options = parser.parse_args()
    first = options.seed + (HELD_OUT if options.held_out else 0)
    print(f"\n{SEPARATOR}\n".join(story(first + i) for i in range(options.count)))
