"""What several tests share, a module a subject.

axe                  the accessibility checker in the browser's page
command_line         the command in a process of its own
drawn_pages          pages drawn with known words and places
drawn_volume         results of a volume whose scan, a spread, has a block of ink for each sentence
existing_samples     ALTO, PAGE and hOCR as other programs write them
fake_tesseract       a program that answers in Tesseract's place
golden_files         stored expected outputs, compared byte for byte
greedy_loaders       loaders that hang or take all memory for one file
iiif_rules           what the IIIF schema does not check
invented_sentences   sentences in Russian and English, of any number
invented_volume      results of a volume that was never scanned, for the viewer
linked_volumes       pages made from texts, with noise and without images, and their links
losing_pool          a pool that loses the first calls
paired_texts         two short texts that say the same, and links of their sentences
processes            processes that tests look at, and waiting for what happens
report_browser       the report in a real browser
report_collection    a collection whose report holds every kind of finding
results_check        the rules that every folder of results keeps
review_editor        an editor who decides on the review page by keys alone
sample_cases         the difficulties planted in the sample collection
sample_run           the sample collection, run once for all tests
sample_truth         what is known of the sample collection
sample_volume        a volume with every field filled, for the writers
served_pages         a folder served over HTTP for the browser
small_collection     a collection of a few files, run with a recorded engine
spoilt_collection    a diary that was read without a fault, with hundreds of faults in its texts
"""
