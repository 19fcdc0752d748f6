"""Names and numbers of one scenario, all drawn from its seed."""
import random

WORDS = """amber anchor apple arbor aspen autumn badger bamboo basalt beacon birch bison bramble breeze brook canyon cedar chalk
cinder citrus clover cobalt comet coral cove crane crater crest cypress dahlia dapple delta dew drift dune ember falcon fern
finch fjord flint forest garnet ginger glacier glen granite grove gull harbor hazel heron hollow indigo iris ivory ivy jade
jasper juniper kelp kestrel lagoon lantern larch lark laurel lemon lilac linden lotus lynx mallow maple marble marsh meadow
mesa mint moraine moss myrtle nectar nettle north oasis olive onyx opal orchid osprey otter pebble pepper pine plover pollen
poppy prairie quail quartz quince raven reed ridge robin saffron sage sand sorrel spruce starling summit swift tamarind
teal thistle thyme topaz tundra umber valley velvet violet walnut wren yarrow zephyr zinnia""".split()

NODE_STYLES = ("{word}-{n:02d}", "node-{word}{n}", "{word}{n}.dc1", "vm-{n:03d}-{word}", "k8s-{word}-{n}")


class Draw:
    """Everything random comes from here, so that one seed gives one scenario."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.words = WORDS[:]
        self.random.shuffle(self.words)
        self.style = self.random.choice(NODE_STYLES)
        self.nodes = self.random.sample(range(1, 99), 40)

    def word(self):
        return self.words.pop()

    def name(self, *tails):
        """A word, now and then with a tail, so that a workload's name says nothing about its trouble."""
        tail = self.random.choice(("", "", "-api", "-svc", "-srv", "-core", "-hub") if not tails else tails)
        return self.word() + tail

    def node(self):
        return self.style.format(word=self.random.choice(WORDS), n=self.nodes.pop())

    def pick(self, *values):
        return self.random.choice(values)

    def between(self, low, high, step=1):
        return self.random.randrange(low, high + 1, step)

    def version(self):
        return f"{self.between(0, 9)}.{self.between(0, 19)}.{self.between(0, 9)}"

    def token(self, length=8):
        return "".join(self.random.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=length))
