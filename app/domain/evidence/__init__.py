"""Evidence: what a person sends with words — judged by its content, sealed, and made safe for everybody else.

`kinds` says what is taken, `resting` lays a file on the disk before its record is written, `incoming` takes one in
pieces, `scanning` asks ClamAV, `remuxing` and `pictures` make safe copies, `preparing` does later what could not be
done at once, `tidying` throws away what nobody came back for.
"""
